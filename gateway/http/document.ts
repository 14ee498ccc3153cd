import type { SwaggerOptions } from '@fastify/swagger';
import { type TObject, Type } from 'typebox';

/** Every answer but a good one: RFC 9457. */
const ProblemShape: TObject = Type.Object({
  status: Type.Integer(),
  code: Type.String({ description: 'what to test', examples: ['opportune/forbidden'] }),
  title: Type.String({ description: 'what is wrong, to read' }),
  remedy: Type.Optional(Type.String({ description: 'what to do about it' })),
  problems: Type.Optional(
    Type.Array(Type.Unknown(), { description: 'of a playbook: by file and line' }),
  ),
});

const REFUSED = {
  description: 'It is refused, or cannot be done now',
  content: { 'application/problem+json': { schema: ProblemShape } },
};

/** How the OpenAPI document is made of the routes: with who may, and what a refusal looks like. */
export function documentOptions(publicUrl: string): SwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Opportune gateway',
        version: '1',
        description:
          'One agent for a team: facts in, decisions and answers, pushed to every panel.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: publicUrl }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform({ schema, url, route }) {
      const { roles } = route.config ?? {};
      const { response, ...rest } = schema ?? {};
      return {
        url,
        schema: {
          ...rest,
          ...(roles && { 'x-roles': roles }),
          response: { ...(response as object), default: REFUSED },
        },
      };
    },
  };
}

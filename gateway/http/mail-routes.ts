import { Type } from 'typebox';
import { STOP_PATH } from '../serve/mail.js';
import { answerAs } from './answers.js';
import type { App } from './app.js';
import type { HttpOptions } from './create-http.js';

/** The link in a morning mail that stops it: the token in it is all that is asked, and does nothing else. */
export function mailRoutes(app: App, { stopMail }: Pick<HttpOptions, 'stopMail'>): void {
  for (const method of ['GET', 'POST'] as const)
    app.route<{ Params: { readonly token: string } }>({
      method,
      url: `${STOP_PATH}/:token`,
      schema: {
        operationId: method === 'GET' ? 'askToStopMail' : 'stopMail',
        summary:
          method === 'GET' ? 'The page that asks whether to stop the mail' : 'Stops the mail',
        params: Type.Object({ token: Type.String({ maxLength: 1000 }) }),
        response: { 200: answerAs('text/html', 'A page') },
        security: [],
      },
      async handler(request, reply) {
        const page = await stopMail(method, request.params.token);
        for (const [name, value] of Object.entries(page.headers)) reply.header(name, value);
        return reply.code(page.status).send(page.body);
      },
    });
}

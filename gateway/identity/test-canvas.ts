import { createHmac } from 'node:crypto';

/** What Salesforce posts to a Canvas app, as the body of a form: who looks at which record, and a token of that user. */
export function canvasForm({
  secret,
  issuedAt,
  user,
  organization,
  record,
}: {
  readonly secret: string;
  readonly issuedAt: number;
  readonly user: string;
  readonly organization: string;
  readonly record: object | undefined;
}): string {
  const context = {
    algorithm: 'HMACSHA256',
    issuedAt,
    userId: user,
    client: { oauthToken: '00D!secret' },
    context: {
      user: { userId: user },
      organization: { organizationId: organization },
      environment: { record },
    },
  };
  const payload = Buffer.from(JSON.stringify(context)).toString('base64');
  const signature = createHmac('sha256', secret).update(payload).digest('base64');
  return String(new URLSearchParams({ signed_request: `${signature}.${payload}` }));
}

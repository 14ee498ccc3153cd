/** A gateway on the database of the first argument, to be killed in the midst of a question: it tells the id when it runs. */
import type { Question } from '../../src/insights/question.js';
import { openTestGateway, until } from './test-gateway.js';

const [, , url = '', question = ''] = process.argv;
const gateway = await openTestGateway({ url });
const analyses = gateway.tenants.get('acme')?.analyses;
const id = (await analyses?.ask(JSON.parse(question) as Question)) ?? '';
await until(async () => (await analyses?.find(id))?.state === 'running');
process.stdout.write(`${id}\n`);

/** Lets Node find the client's package as the page's bundle does. */
import { register } from 'node:module';

const client = new URL('../../../../js-client/src/index.js', import.meta.url).href;
const hooks = `export const resolve = (name, context, next) =>
  name === '@webchat/client' ? { url: ${JSON.stringify(client)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

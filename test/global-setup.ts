import { makeEmbeddedTemplate, makeServerTemplate } from './templates.ts';

export default async function setup(): Promise<void> {
  await makeEmbeddedTemplate();
  await makeServerTemplate();
}

import { type Route, route } from '../../../platform/http/route.ts';
import { readDemo } from '../../../platform/practices.ts';
import { getDemo } from './api.ts';

export const demoRoutes: readonly Route[] = [
  route(getDemo, 'signed-in', async (tx) => {
    const demo = await readDemo(tx.db);
    return { demo: demo && { anchorOn: demo.anchorOn, done: demo.done, total: demo.total } };
  }),
];

// Every route of the REST API.
import type { Route } from '../route.ts';
import { engineRoutes } from './engine.ts';
import { openApiRoute } from './open-api.ts';
import { processRoutes } from './processes.ts';
import { streamRoutes } from './streams.ts';

export const routes: readonly Route[] = [...processRoutes, ...engineRoutes, ...streamRoutes, openApiRoute(() => routes)];

// Pages that the navigation leads to. A later page adds a line here, and navigation, palette and routes know it.
import type { ComponentType } from 'react';
import { IconServer2, type TablerIcon } from '@tabler/icons-react';
import { ProcessesPage } from '../features/processes/processes-page.tsx';
import { processesPath } from '../format/paths.ts';

export interface Page {
  /** Behind `#`. */
  readonly path: string;
  readonly title: string;
  readonly icon: TablerIcon;
  readonly component: ComponentType;
  /** Paths of pages that are reached from this one and belong to it. */
  readonly below: string;
}

export const pages: readonly Page[] = [{ path: processesPath, title: 'Processes', icon: IconServer2, component: ProcessesPage, below: '/process/' }];

import type { ComponentType, ReactNode } from 'react';
import type { IconName } from '../../ui/icon.tsx';

/** A page that a feature offers to the desk; src/app/desk-router.tsx mounts it. */
export type DeskPage = {
  /** e.g. `/schedule` or `/patients/$patientId` (TanStack Router's form) */
  path: string;
  title: string;
  permission: string;
  Page: ComponentType;
  /** What `help` shows beside the page. */
  help?: ReactNode;
  /** Shown in the rail, in this order. */
  rail?: { label: string; icon: IconName; order: number };
  /** Path of the page of the rail whose place it shares: each links to the others in its header. */
  beside?: string;
};

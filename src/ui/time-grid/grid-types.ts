import type { Tone } from '../tag.tsx';

export type GridColumn = { id: string; title: string; subtitle?: string; tone?: Tone };

export type GridMark = {
  sign: string;
  label: string;
  tone?: Tone;
  /** A hand may press it: `onAction` hears this word. Keys must offer the same elsewhere. */
  action?: string;
};

export type GridItem = {
  id: string;
  columnId: string;
  /** Minutes of the local day. */
  startMinutes: number;
  endMinutes: number;
  /** The whole story in one sentence, for those who listen. */
  label: string;
  title: string;
  /** Below the title (or after it, when the item is low): type, state with its sign. */
  lines: readonly string[];
  tone: Tone;
  /** Over and done: shown back from the rest. */
  done?: boolean;
  /** Small signs at the right of the title; their words belong into `label` too. */
  marks?: readonly GridMark[];
  draggable?: boolean;
  resizable?: boolean;
  /** A color of the kind, shown as a small square; says nothing alone. */
  color?: string;
  /** Among items that begin together, lower stands further left. */
  laneHint?: number;
};

export type GridBand = {
  columnId: string;
  startMinutes: number;
  endMinutes: number;
  /** `off` nobody works, `block` taken by something else, `free` open with a hint of what for, `coded` kept. */
  kind: 'off' | 'block' | 'free' | 'coded';
  /** Of the ground of a coded band; what it says stands in words too. */
  color?: string;
  label?: string;
};

export type GridPlace = { columnId: string; startMinutes: number };

export type GridSlot = GridPlace & { text: string };

export type GridSpan = GridPlace & { endMinutes: number };

export type TimeGridProps = {
  label: string;
  columns: readonly GridColumn[];
  items: readonly GridItem[];
  bands?: readonly GridBand[];
  fromMinutes: number;
  toMinutes: number;
  /** What a drag and Alt+arrows snap to. */
  stepMinutes: number;
  /** How far apart the slots for a new item begin; a quarter hour when left out. */
  slotMinutes?: number;
  nowMinutes?: number | null;
  selectedId?: string | null;
  /** Pixels per hour, at least 96. */
  hourHeight?: number;
  onOpen?: (id: string) => void;
  /** A mark with an action was pressed. */
  onAction?: (id: string, action: string) => void;
  /** The focus reached an item, by key or hand. */
  onFocusItem?: (id: string) => void;
  onMove?: (id: string, to: GridPlace) => void;
  onResize?: (id: string, to: { endMinutes: number }) => void;
  /** Enter, a click or a typed letter on free time; `text` is the letter. */
  onSlot?: (slot: GridSlot) => void;
  /** Keys on an item or on free time that the grid does not know itself; true when they were taken. */
  onItemKey?: (keys: string, id: string) => boolean;
  onSlotKey?: (keys: string, place: GridPlace) => boolean;
  /** A mouse drew over free time. */
  onSpan?: (span: GridSpan) => void;
  /** An item was let go over something else on the page that takes it, marked `data-drop`. */
  onDropOutside?: (id: string, on: string) => void;
  /** What is spoken after a move or a resize. */
  describeMove?: (id: string, to: GridSpan) => string;
  /** What is spoken at a free slot; time and column title when left out. */
  describeSlot?: (place: GridPlace) => string;
};

import type { ReactNode } from 'react';

/** One line-drawn family on a 24 grid; each inherits color and is hidden from screen readers. */
const shapes = {
  today: <path d="M4 6h16M4 12h10M4 18h7m5-2 2 2 4-4" />,
  calendar: (
    <path d="M5 5h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Zm-2 5h18M8 3v4m8-4v4" />
  ),
  people: (
    <path d="M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6M16 5a3.5 3.5 0 0 1 0 6.5m2 2.5c2 .7 3.2 2.5 3.5 5" />
  ),
  person: <path d="M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.7-4.3 3.5-6.5 7.5-6.5s6.8 2.2 7.5 6.5" />,
  'person-check': (
    <path d="M9.5 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2.5 20.5c.7-4.3 3.2-6.5 7-6.5 1.6 0 3 .4 4.1 1.1M15.5 19l2 2 4-4.5" />
  ),
  'person-plus': (
    <path d="M9.5 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2.5 20.5c.7-4.3 3.2-6.5 7-6.5 1.6 0 3 .4 4.1 1.1M18.5 15v6m-3-3h6" />
  ),
  inbox: <path d="M3 13h5l1.5 3h5L16 13h5M5 5h14l2 8v6H3v-6l2-8Z" />,
  list: <path d="M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.01M4 12h.01M4 18h.01" />,
  receipt: <path d="M6 3h12v18l-3-2-3 2-3-2-3 2V3Zm3 5h6m-6 4h6" />,
  document: <path d="M6 3h8l4 4v14H6V3Zm8 0v4h4" />,
  microphone: <path d="M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3Zm-7-3a7 7 0 0 0 14 0m-7 7v3" />,
  box: <path d="m3 8 9-5 9 5v8l-9 5-9-5V8Zm0 0 9 5 9-5m-9 5v8" />,
  briefcase: <path d="M5 8h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2Zm4 0V5h6v3" />,
  settings: (
    <path d="M4 7h9m4 0h3M4 17h3m4 0h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Zm-6 10a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z" />
  ),
  help: (
    <path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-2.6-11.3c.2-1.5 1.3-2.3 2.7-2.3 1.5 0 2.6.9 2.6 2.3 0 2-2.6 2-2.6 4m-.1 3h.01" />
  ),
  lock: (
    <path d="M6 11h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1Zm2 0V7.5a4 4 0 0 1 8 0V11" />
  ),
  key: <path d="M8 19a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm3.3-7.7L20.5 3m-5 5 2.5 2.5" />,
  search: <path d="M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm5-1.5L20.5 20.5" />,
  undo: <path d="M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3" />,
  redo: <path d="M15.5 5 20 9.5 15.5 14m4-4.5H10a5.5 5.5 0 0 0 0 11h3" />,
  plus: <path d="M12 5v14m-7-7h14" />,
  minus: <path d="M5 12h14" />,
  clock: <path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5.2l3.3 2" />,
  phone: (
    <path d="M5 4h3.5l1.7 4.3-2.1 1.5a12 12 0 0 0 6 6l1.6-2.1 4.3 1.7V19a2 2 0 0 1-2.2 2C10.4 20.4 3.6 13.6 3 6.2A2 2 0 0 1 5 4Z" />
  ),
  mail: (
    <path d="M4 5.5h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1Zm-.7.7 8.7 7 8.7-7" />
  ),
  message: (
    <path d="M4 4.5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8.5L7 20.5v-4H4a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1Z" />
  ),
  warning: <path d="M12 4 2.8 19.5h18.4L12 4Zm0 6v4.5m0 2.5h.01" />,
  info: <path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-10v5.5m0-9h.01" />,
  check: <path d="m4.5 12.5 5 5 10-11" />,
  cross: <path d="m5.5 5.5 13 13m0-13-13 13" />,
  'chevron-left': <path d="m14.5 5.5-6.5 6.5 6.5 6.5" />,
  'chevron-right': <path d="m9.5 5.5 6.5 6.5-6.5 6.5" />,
  'chevron-up': <path d="m5.5 14.5 6.5-6.5 6.5 6.5" />,
  'chevron-down': <path d="m5.5 9.5 6.5 6.5 6.5-6.5" />,
  door: <path d="M6 21V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v17M3.5 21h17M14.5 12h.01" />,
  room: <path d="M3.5 20v-8.5h17V20m-17-3h17M3.5 11.5V5m4 6.5V8H13a2 2 0 0 1 2 2v1.5" />,
  'sign-out': (
    <path d="M10 4H5.5A1.5 1.5 0 0 0 4 5.5v13A1.5 1.5 0 0 0 5.5 20H10m5-12.5 4.5 4.5-4.5 4.5M19 12H9" />
  ),
  'sign-in': (
    <path d="M14 4h4.5A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5H14M9 7.5l4.5 4.5L9 16.5m4-4.5H3.5" />
  ),
  moon: <path d="M20 14.2A8.3 8.3 0 0 1 9.8 4a8.3 8.3 0 1 0 10.2 10.2Z" />,
  sun: (
    <path d="M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm0-14v2m0 15v2m9.5-9.5h-2m-15 0h-2m16.2-6.7-1.4 1.4M6.7 17.3l-1.4 1.4m13.4 0-1.4-1.4M6.7 6.7 5.3 5.3" />
  ),
  screen: (
    <path d="M4 4.5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1Zm4.5 16h7M12 16.5v4" />
  ),
  edit: <path d="M4 20h4L19.5 8.5a2.1 2.1 0 0 0 0-3l-1-1a2.1 2.1 0 0 0-3 0L4 16v4Zm10-14 4 4" />,
  trash: <path d="M4 6.5h16M9 6.5V4h6v2.5m3.5 0-1 14h-11l-1-14M10 11v5.5m4-5.5v5.5" />,
  print: (
    <path d="M7 9V3.5h10V9M7 17H4.5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h15a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H17M7 14h10v6.5H7V14Z" />
  ),
  move: (
    <path d="M12 3v18M3 12h18M12 3 9.5 5.5M12 3l2.5 2.5M12 21l-2.5-2.5M12 21l2.5-2.5M3 12l2.5-2.5M3 12l2.5 2.5M21 12l-2.5-2.5M21 12l-2.5 2.5" />
  ),
  repeat: (
    <path d="M4 11V9.5a3.5 3.5 0 0 1 3.5-3.5H20m-3-3 3 3-3 3m3 4v1.5a3.5 3.5 0 0 1-3.5 3.5H4m3 3-3-3 3-3" />
  ),
  more: <path d="M5 12h.01M12 12h.01M19 12h.01" />,
  filter: <path d="M3.5 5h17l-6.5 8v6.5l-4-2V13L3.5 5Z" />,
  bell: <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5Zm4 4.5h4" />,
  shield: <path d="M12 3 4.5 5.5v6c0 4.5 3 7.7 7.5 9.5 4.5-1.8 7.5-5 7.5-9.5v-6L12 3Z" />,
  building: (
    <path d="M5 21V4a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v17m0-11h3.5a1 1 0 0 1 1 1v10M3 21h18.5M8.5 7h3m-3 4h3m-3 4h3" />
  ),
  tag: <path d="M3.5 4.5v7l9 9 8-8-9-9h-7a1 1 0 0 0-1 1ZM8 8h.01" />,
  keyboard: (
    <path d="M3.5 6h17a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-17a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1ZM6.5 10h.01M10 10h.01M13.5 10h.01M17 10h.01M8 14h8" />
  ),
  chart: <path d="M4 20V4m0 16h16M8.5 16v-5m4 5V7m4 9v-7" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

export type IconProps = { name: IconName; size?: number; className?: string };

export function Icon({ name, size = 18, className }: IconProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      className={className ? `ui-icon ${className}` : 'ui-icon'}
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  );
}

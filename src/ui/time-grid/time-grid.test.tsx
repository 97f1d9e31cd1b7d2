// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import type { GridItem, TimeGridProps } from './grid-types.ts';
import { TimeGrid } from './time-grid.tsx';

afterEach(cleanup);

const columns = ['a', 'b', 'c'].map((id) => ({ id, title: `Column ${id}` }));

function item(id: string, columnId: string, startMinutes: number, endMinutes: number, more = {}): GridItem {
  return {
    id,
    columnId,
    startMinutes,
    endMinutes,
    label: id,
    title: id,
    lines: [],
    tone: 'calm',
    draggable: true,
    resizable: true,
    ...more,
  };
}

const items = [
  item('one', 'a', 540, 570),
  item('two', 'a', 570, 600),
  item('three', 'a', 660, 690),
  item('beside', 'b', 600, 630),
  item('fixed', 'b', 700, 730, { draggable: false, resizable: false }),
];

const spoken = () => screen.getByRole('status').textContent;
const focused = () => document.activeElement?.getAttribute('aria-label');
const press = (key: string, held: object = {}) =>
  fireEvent.keyDown(document.activeElement!, { key, ...held });
const focusOn = (label: string) => act(() => screen.getByLabelText(label).focus());

/** A parent that keeps the day, as a screen does. */
function Day(props: Partial<TimeGridProps>) {
  const [all, setAll] = useState<readonly GridItem[]>(items);
  const change = (id: string, to: (old: GridItem) => GridItem) =>
    setAll((now) => now.map((one) => (one.id === id ? to(one) : { ...one })));
  return (
    <TimeGrid
      label="Day"
      columns={columns}
      items={all}
      fromMinutes={480}
      toMinutes={1080}
      stepMinutes={5}
      describeMove={(id, to) => `${id} to ${to.columnId} ${to.startMinutes}-${to.endMinutes}`}
      onMove={(id, to) =>
        change(id, (old) => ({
          ...old,
          ...to,
          endMinutes: to.startMinutes + old.endMinutes - old.startMinutes,
        }))
      }
      onResize={(id, to) => change(id, (old) => ({ ...old, ...to }))}
      {...props}
    />
  );
}

test('the grid is one stop for Tab: the item that is on or comes next', () => {
  render(<Day nowMinutes={650} />);
  const stops = screen.getAllByRole('button').filter((button) => button.tabIndex === 0);
  expect(stops.map((stop) => stop.getAttribute('aria-label'))).toEqual(['three']);
});

test('arrows walk through a column and across to the nearest in time', () => {
  render(<Day />);
  focusOn('one');
  press('ArrowDown');
  expect(focused()).toBe('two');
  press('ArrowDown');
  expect(focused()).toBe('three');
  press('ArrowUp');
  press('ArrowRight');
  expect(focused()).toBe('beside');
  press('End');
  expect(focused()).toBe('fixed');
  press('Home');
  press('ArrowLeft');
  expect(focused()).toBe('two');
});

test('with Control the arrows reach free time, and walk on through it', () => {
  render(<Day />);
  focusOn('one');
  press('ArrowDown', { ctrlKey: true });
  expect(focused()).toBe('10:00 am, Column a, free');
  press('ArrowDown');
  expect(focused()).toBe('10:15 am, Column a, free');
  press('ArrowRight');
  expect(focused()).toBe('beside');
  press('ArrowRight');
  expect(focused()).toBe('10:00 am, Column c, free');
  press('PageDown');
  expect(focused()).toBe('11:00 am, Column c, free');
});

test('a slot met at an item stops on the item and goes on behind it', () => {
  render(<Day />);
  focusOn('two');
  press('ArrowDown', { shiftKey: true });
  for (let i = 0; i < 4; i++) press('ArrowDown');
  expect(focused()).toBe('three');
  press('ArrowDown');
  expect(focused()).toBe('11:30 am, Column a, free');
  press('ArrowUp');
  expect(focused()).toBe('three');
});

test('Enter opens an item; Enter or a letter on free time asks for a new one there', () => {
  const onOpen = vi.fn();
  const onSlot = vi.fn();
  render(<Day onOpen={onOpen} onSlot={onSlot} />);
  focusOn('two');
  press('Enter');
  expect(onOpen).toHaveBeenCalledWith('two');
  press('s');
  expect(onSlot).not.toHaveBeenCalled();
  press('ArrowDown', { ctrlKey: true });
  press('s');
  press('Enter');
  const place = { columnId: 'a', startMinutes: 600 };
  expect(onSlot.mock.calls).toEqual([[{ ...place, text: 's' }], [{ ...place, text: '' }]]);
});

test('Alt and arrows move the item; the focus stays on it, also in another column, and the move is spoken', () => {
  render(<Day />);
  focusOn('three');
  press('ArrowDown', { altKey: true });
  expect(spoken()).toBe('three to a 665-695');
  expect(focused()).toBe('three');
  press('ArrowRight', { altKey: true });
  expect(spoken()).toBe('three to b 665-695');
  expect(focused()).toBe('three');
  expect(document.activeElement?.closest('[data-column]')?.getAttribute('data-column')).toBe('b');
  press('ArrowUp', { altKey: true });
  expect(spoken()).toBe('three to b 660-690');
});

test('Alt Shift up and down change the length, never below one step', () => {
  const onResize = vi.fn();
  render(<Day items={[item('short', 'a', 540, 550)]} onResize={onResize} />);
  focusOn('short');
  press('ArrowUp', { altKey: true, shiftKey: true });
  expect(onResize).toHaveBeenLastCalledWith('short', { endMinutes: 545 });
  expect(spoken()).toBe('short to a 540-545');
});

test('an item ends its way at the end of the day, and a fixed one says that it stays', () => {
  const onMove = vi.fn();
  render(<Day items={[item('first', 'a', 480, 500), items[4]!]} onMove={onMove} />);
  focusOn('first');
  press('ArrowUp', { altKey: true });
  press('ArrowLeft', { altKey: true });
  focusOn('fixed');
  press('ArrowDown', { altKey: true });
  expect(onMove).not.toHaveBeenCalled();
  expect(spoken()).toBe('This one stays where it is.');
});

test('when the item in focus goes away, the cursor stays on its place', () => {
  const { rerender } = render(<Day items={items} />);
  focusOn('three');
  rerender(<Day items={items.filter((one) => one.id !== 'three')} />);
  expect(focused()).toBe('11:00 am, Column a, free');
});

test('a day without items is reachable too', () => {
  render(<Day items={[]} nowMinutes={617} />);
  expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
    '10:15 am, Column a, free',
  ]);
});

test('one moved item redraws its columns only', () => {
  render(<Day />);
  const other = screen.getByLabelText('beside');
  const before = other.outerHTML;
  focusOn('three');
  press('ArrowDown', { altKey: true });
  expect(screen.getByLabelText('beside')).toBe(other);
  expect(other.outerHTML).toBe(before);
});

test('a drag shows where the item would land, and letting go puts it there without opening it', () => {
  const onMove = vi.fn();
  const onOpen = vi.fn();
  render(<Day onMove={onMove} onOpen={onOpen} />);
  const target = screen.getByLabelText('one');
  fireEvent.pointerDown(target, { button: 0, clientX: 0, clientY: 0, pointerType: 'mouse' });
  fireEvent(window, Object.assign(new Event('pointermove'), { clientX: 0, clientY: 48 }));
  expect(document.querySelector('.tg-ghost')?.textContent).toBe('9:30–10:00 am one');
  fireEvent(window, new Event('pointerup'));
  fireEvent.click(target);
  expect(onMove).toHaveBeenCalledWith('one', { columnId: 'a', startMinutes: 570 });
  expect(onOpen).not.toHaveBeenCalled();
});

test('Escape lets a drag go', () => {
  const onMove = vi.fn();
  render(<Day onMove={onMove} />);
  const target = screen.getByLabelText('one');
  fireEvent.pointerDown(target, { button: 0, clientX: 0, clientY: 0, pointerType: 'mouse' });
  fireEvent(window, Object.assign(new Event('pointermove'), { clientX: 0, clientY: 48 }));
  fireEvent.keyDown(target, { key: 'Escape' });
  expect(document.querySelector('.tg-ghost')).toBeNull();
  fireEvent(window, new Event('pointerup'));
  expect(onMove).not.toHaveBeenCalled();
});

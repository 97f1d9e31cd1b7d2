import { type Counted, factors, type Levels } from '../schema.ts';

/**
 * Logistic regression on what visits are told apart by, drawn towards the practice's average (ridge). The same cells
 * give the same weights, to the last digit. Pure.
 */

export type Cell = Levels & Counted;
export type Fitted = { base: number; weights: Map<string, number> };

export const keyOf = (factor: string, level: string) => `${factor} ${level}`;
export const keysOf = (cell: Levels) => factors.map((factor) => keyOf(factor, cell[factor]));

/**
 * How strongly a weight is drawn to the average: as if each were known beforehand to lie within about half a step of
 * the odds (a standard deviation of 0.5), so that a few visits say little.
 */
const pull = 4;
const mostSteps = 25;
const closeEnough = 1e-9;

export const shareOfOdds = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

export function logOddsOf({ base, weights }: Fitted, levels: Levels): number {
  return keysOf(levels).reduce((sum, key) => sum + (weights.get(key) ?? 0), base);
}

/** Newton's steps from the average until they stand still. */
export function fitCells(cells: readonly Cell[]): Fitted {
  const keys = [...new Set(cells.flatMap(keysOf))].sort();
  const place = new Map(keys.map((key, at) => [key, at + 1]));
  const rows = cells.map((cell) => ({ cell, at: [0, ...keysOf(cell).map((key) => place.get(key) ?? 0)] }));
  const all = sum(cells, (cell) => cell.visits);
  const missed = sum(cells, (cell) => cell.missed);
  const solution = new Float64Array(keys.length + 1);
  solution[0] = Math.log((missed + 0.5) / (all - missed + 0.5));
  for (let steps = 0; steps < mostSteps; steps++) {
    const change = newtonStep(rows, solution);
    for (const [at, by] of change.entries()) solution[at] = (solution[at] ?? 0) + by;
    if (change.every((by) => Math.abs(by) < closeEnough)) break;
  }
  return centered(cells, {
    base: solution[0] ?? 0,
    weights: new Map(keys.map((key, at) => [key, solution[at + 1] ?? 0])),
  });
}

function sum<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}

type Row = { cell: Cell; at: number[] };

function newtonStep(rows: readonly Row[], solution: Float64Array): Float64Array {
  const size = solution.length;
  const slope = Float64Array.from(solution, (value, at) => (at === 0 ? 0 : -pull * value));
  const bend = Array.from({ length: size }, (_, at) => {
    const line = new Float64Array(size);
    line[at] = at === 0 ? 1e-9 : pull;
    return line;
  });
  for (const { cell, at } of rows) {
    const share = shareOfOdds(sum(at, (one) => solution[one] ?? 0));
    const off = cell.missed - cell.visits * share;
    const weight = cell.visits * share * (1 - share);
    for (const one of at) {
      slope[one] = (slope[one] ?? 0) + off;
      const line = bend[one];
      if (line) for (const other of at) line[other] = (line[other] ?? 0) + weight;
    }
  }
  return solve(bend, slope);
}

/** Gauss's elimination; the matrix is symmetric and positive, so no line need be exchanged. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const at = (line: number, column: number) => matrix[line]?.[column] ?? 0;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let line = pivot + 1; line < size; line++) {
      const times = at(line, pivot) / at(pivot, pivot);
      const own = matrix[line];
      if (times === 0 || !own) continue;
      for (let column = pivot; column < size; column++)
        own[column] = at(line, column) - times * at(pivot, column);
      right[line] = (right[line] ?? 0) - times * (right[pivot] ?? 0);
    }
  }
  const found = new Float64Array(size);
  for (let line = size - 1; line >= 0; line--) {
    let rest = right[line] ?? 0;
    for (let column = line + 1; column < size; column++) rest -= at(line, column) * (found[column] ?? 0);
    found[line] = rest / at(line, line);
  }
  return found;
}

/** The average of each factor's weights goes to the base: a weight above zero is more than the average visit has. */
function centered(cells: readonly Cell[], { base, weights }: Fitted): Fitted {
  const all = Math.max(
    1,
    sum(cells, (cell) => cell.visits),
  );
  const means = new Map(
    factors.map((factor) => [
      factor as string,
      sum(cells, (cell) => cell.visits * (weights.get(keyOf(factor, cell[factor])) ?? 0)) / all,
    ]),
  );
  return {
    base: sum([...means.values()], (mean) => mean) + base,
    weights: new Map(
      [...weights].map(([key, weight]) => [key, weight - (means.get(key.split(' ')[0] ?? '') ?? 0)]),
    ),
  };
}

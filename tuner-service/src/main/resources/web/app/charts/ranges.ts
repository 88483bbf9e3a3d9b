// What a person has filtered parallel coordinates by, as it stands in the address.

/** A stretch of an axis that trials must lie in; on an axis of choices, by the choices' places. */
export interface Range {
  axis: string;
  low: number;
  high: number;
}

/** Digits enough to tell trials apart, few enough for an address. */
const short = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '');

/** `units:16..96,loss:..0.4`; an end that is left out is open. */
export const writeRanges = (ranges: Range[]): string =>
  ranges.map((range) => `${range.axis}:${short(range.low)}..${short(range.high)}`).join(',');

/** The reverse of {@link writeRanges}; what is not a range is left out. */
export function readRanges(text: string): Range[] {
  return text.split(',').flatMap((part) => {
    const [, axis, low, high] = /^(.+):([^:]*)\.\.([^:]*)$/.exec(part) ?? [];
    const range = { axis, low: low === '' ? -Infinity : Number(low), high: high === '' ? Infinity : Number(high) };
    return axis === undefined || Number.isNaN(range.low) || Number.isNaN(range.high) ? [] : [range];
  });
}

/** Items that lie, on each axis that has ranges, in one of them; `place` is NaN where an item is not on the axis. */
export function within<T>(items: T[], ranges: Range[], place: (item: T, axis: string) => number): T[] {
  const axes = [...new Set(ranges.map((range) => range.axis))];
  return items.filter((item) =>
    axes.every((axis) => {
      const at = place(item, axis);
      return ranges.some((range) => range.axis === axis && at >= range.low && at <= range.high);
    }),
  );
}

// The charts of a study: pure functions from the AnalysisService's answers to charts.
import { t } from '../words';
import { bestBaseline, figure, isLog, plain, type Study, type WireParameter } from '../wire';
import type { Chart } from './chart-view';
import type { Axis } from '../parts/range-filter';
import { axis, bad, good, pale, palette, zoom, type Ink } from './theme';

export interface Point {
  trialNumber: number;
  parameters?: WireParameter[];
  objectives?: (number | string)[];
  pruned?: boolean;
}

const num = (value: unknown): number => Number(value ?? 0);
const objective = (point: Point, index = 0): number => num(point.objectives?.[index]);
const parameter = (point: Point, name: string): number | string | undefined => {
  const found = point.parameters?.find((p) => p.name === name);
  return found ? plain(found.value) : undefined;
};
export const metricName = (study: Study, index = 0): string => study.objectives[index]?.metric ?? t('value');

export function history(study: Study, points: any[], index: number): Chart {
  const baseline = bestBaseline(study, index);
  const done = points.filter((p) => !p.pruned);
  const best = points.filter((p) => Number.isFinite(Number(p.bestSoFar ?? 0)));
  const last = best.at(-1);
  return {
    title: t('history'),
    summary: last ? t('historySummary', points.length, metricName(study, index), figure(num(last.bestSoFar))) : t('nothingYet'),
    header: [t('trial'), metricName(study, index), t('bestSoFar'), t('prunedWord')],
    rows: () => points.map((p) => [p.trialNumber, num(p.value), num(p.bestSoFar), p.pruned ? t('yes') : '']),
    option: (colours) => ({
      tooltip: { trigger: 'item', formatter: (p: any) => `${t('trial')} ${p.value[0]}: ${figure(p.value[1])}` },
      dataZoom: zoom,
      xAxis: axis(colours, 'value', t('trial'), { min: 'dataMin', max: 'dataMax', minInterval: 1 }),
      yAxis: axis(colours, 'value', '', { name: metricName(study, index), nameLocation: 'end', nameGap: 12 }),
      series: [
        {
          name: t('completed'),
          type: 'scatter',
          symbolSize: done.length > 500 ? 3 : 7,
          itemStyle: { color: palette[0], opacity: 0.55 },
          data: done.map((p) => [p.trialNumber, num(p.value)]),
        },
        {
          name: t('prunedWord'),
          type: 'scatter',
          symbol: 'diamond',
          symbolSize: points.length > 500 ? 3 : 7,
          itemStyle: { color: pale, opacity: 0.6 },
          data: points.filter((p) => p.pruned).map((p) => [p.trialNumber, num(p.value)]),
        },
        {
          name: t('bestSoFar'),
          type: 'line',
          step: 'end',
          showSymbol: false,
          lineStyle: { color: bad, width: 2 },
          itemStyle: { color: bad },
          data: best.map((p) => [p.trialNumber, num(p.bestSoFar)]),
        },
        // A series, not a mark: the axis must reach it where no trial does.
        ...(baseline && points.length
          ? [{
              name: `${t('baseline')} ${baseline.name} ${figure(baseline.value)}`,
              type: 'line',
              silent: true,
              showSymbol: points.length === 1,
              lineStyle: { color: good, type: 'dashed', width: 2 },
              itemStyle: { color: good },
              data: [points[0], points.at(-1)].map((p) => [p.trialNumber, baseline.value]),
            }]
          : []),
      ],
    }),
  };
}

export function importance(items: { parameter: string; share?: number }[], method: string): Chart {
  const sorted = [...items].sort((a, b) => num(a.share) - num(b.share));
  const first = sorted.at(-1);
  return {
    title: `${t('importance')} (${method})`,
    summary: first ? t('importanceSummary', first.parameter, figure(num(first.share) * 100)) : t('nothingYet'),
    height: Math.max(180, 60 + 30 * items.length),
    header: [t('parameter'), t('share')],
    rows: () => [...sorted].reverse().map((i) => [i.parameter, num(i.share)]),
    option: (colours) => ({
      grid: { left: 12, right: 56, top: 8, bottom: 12, containLabel: true },
      xAxis: axis(colours, 'value', '', { min: 0 }),
      yAxis: axis(colours, 'category', '', { data: sorted.map((i) => i.parameter), axisLabel: { color: colours.text } }),
      series: [
        {
          type: 'bar',
          barMaxWidth: 20,
          data: sorted.map((i) => num(i.share)),
          itemStyle: { color: palette[0], borderRadius: [0, 3, 3, 0] },
          label: { show: true, position: 'right', color: colours.text, formatter: (p: any) => `${figure(p.value * 100)} %` },
        },
      ],
    }),
  };
}

/** The axis on which a parameter lies: its own scale, or its choices. */
function parameterAxis(colours: Ink, study: Study, points: Point[], name: string): any {
  const spec = study.space.find((s) => s.name === name);
  if (spec?.categoricalDomain || points.some((p) => typeof parameter(p, name) === 'string')) {
    const seen = spec?.categoricalDomain?.choices ?? [...new Set(points.map((p) => String(parameter(p, name) ?? '')))];
    return axis(colours, 'category', name, { data: seen });
  }
  return axis(colours, isLog(spec) ? 'log' : 'value', name, spec?.integerDomain && !isLog(spec) ? { minInterval: 1 } : {});
}

function valueScale(study: Study, points: Point[], index: number, dimension: number, colours: Ink): any {
  const values = points.map((p) => objective(p, index)).sort((a, b) => a - b);
  const low = values[0] ?? 0;
  // A few dreadful trials would leave no colours for the good ones: the worst tenth share one colour.
  const high = values.at(study.objectives[index]?.maximize ? -1 : Math.ceil(values.length * 0.9) - 1) ?? 1;
  return {
    min: study.objectives[index]?.maximize ? values[Math.floor(values.length * 0.1)] ?? 0 : low,
    max: high,
    dimension,
    inRange: { color: study.objectives[index]?.maximize ? colours.scale : [...colours.scale].reverse() },
    orient: 'horizontal',
    left: 'center',
    bottom: 0,
    itemHeight: 160,
    textStyle: { color: colours.muted },
    text: [figure(high), figure(study.objectives[index]?.maximize ? values[Math.floor(values.length * 0.1)] : low)],
  };
}

/** Room for an axis with its labels. */
const AXIS_PIXELS = 90;

/** The axes of the parallel coordinates: what was searched, then the objective. */
export function axes(study: Study): Axis[] {
  const searched = study.space.filter((s) => !s.constant).map((s) => ({ name: s.name, choices: s.categoricalDomain?.choices }));
  return [...searched, { name: metricName(study) }];
}

/** Where a trial lies on an axis; NaN if it does not. */
export function place(study: Study, point: Point, axis: string): number {
  if (axis === metricName(study)) return objective(point);
  const value = parameter(point, axis);
  return typeof value === 'string' ? (study.space.find((s) => s.name === axis)?.categoricalDomain?.choices.indexOf(value) ?? NaN) : (value ?? NaN);
}

export function parallel(study: Study, points: Point[]): Chart {
  const done = points.filter((p) => !p.pruned);
  const names = axes(study).slice(0, -1).map((axis) => axis.name);
  return {
    title: t('parallel'),
    summary: t('parallelSummary', done.length, names.length),
    height: 420,
    leastWidth: AXIS_PIXELS * (names.length + 1),
    header: [t('trial'), ...names, metricName(study)],
    rows: () => done.map((p) => [p.trialNumber, ...names.map((n) => parameter(p, n)), objective(p)]),
    option: (colours) => ({
      tooltip: { show: false },
      parallel: {
        left: 48, right: 72, top: 40, bottom: 64,
        parallelAxisDefault: {
          nameTextStyle: { color: colours.text },
          axisLine: { lineStyle: { color: colours.muted } },
          axisLabel: { color: colours.muted, formatter: (v: any) => figure(v) },
          areaSelectStyle: { color: palette[0], opacity: 0.25 },
        },
      },
      parallelAxis: [...names, metricName(study)].map((name, dim) => {
        const kind = dim < names.length ? parameterAxis(colours, study, done, name) : { type: 'value' };
        return { dim, name, type: kind.type, data: kind.data, scale: true };
      }),
      visualMap: { ...valueScale(study, done, 0, names.length, colours), type: 'continuous' },
      series: [
        {
          type: 'parallel',
          lineStyle: { width: 1.3, opacity: done.length > 300 ? 0.25 : 0.6 },
          progressive: 500,
          data: done.map((p) => [...names.map((n) => parameter(p, n) ?? '-'), objective(p)]),
        },
      ],
    }),
  };
}

export function slice(study: Study, points: Point[], name: string): Chart {
  const shown = points.filter((p) => !p.pruned && parameter(p, name) !== undefined);
  return {
    title: `${t('slice')}: ${name}`,
    summary: t('sliceSummary', metricName(study), name, shown.length),
    height: 280,
    header: [t('trial'), name, metricName(study)],
    rows: () => shown.map((p) => [p.trialNumber, parameter(p, name), objective(p)]),
    option: (colours) => ({
      tooltip: { formatter: (p: any) => `${t('trial')} ${p.value[2]}: ${name} ${figure(p.value[0])}, ${figure(p.value[1])}` },
      grid: { left: 60, right: 16, top: 28, bottom: 48 },
      xAxis: parameterAxis(colours, study, shown, name),
      yAxis: axis(colours, 'value', metricName(study), { nameLocation: 'end', nameGap: 10 }),
      visualMap: {
        show: false, type: 'continuous', dimension: 2,
        min: shown[0]?.trialNumber ?? 0, max: shown.at(-1)?.trialNumber ?? 1,
        inRange: { color: ['#9ecae1', '#084594'] },
      },
      series: [
        {
          type: 'scatter',
          symbolSize: shown.length > 500 ? 3 : 7,
          data: shown.map((p) => [parameter(p, name), objective(p), p.trialNumber]),
        },
      ],
    }),
  };
}

/** Two parameters with each trial's place among all: even colours, however far the worst lies off. */
export function rank(study: Study, points: Point[], x: string, y: string): Chart {
  const shown = points.filter((p) => !p.pruned && parameter(p, x) !== undefined && parameter(p, y) !== undefined);
  const sign = study.objectives[0]?.maximize ? -1 : 1;
  const order = [...shown].sort((a, b) => sign * (objective(a) - objective(b)));
  const places = new Map(order.map((p, i) => [p.trialNumber, i + 1]));
  return {
    title: `${t('rank')}: ${x} × ${y}`,
    summary: t('rankSummary', shown.length, x, y),
    height: 460,
    header: [t('rank'), t('trial'), x, y, metricName(study)],
    rows: () => order.map((p, i) => [i + 1, p.trialNumber, parameter(p, x), parameter(p, y), objective(p)]),
    option: (colours) => ({
      grid: { left: 72, right: 24, top: 24, bottom: 96 },
      tooltip: { formatter: (p: any) => `${t('trial')} ${p.value[3]}: ${t('rank')} ${p.value[2]}, ${figure(p.value[4])}` },
      xAxis: parameterAxis(colours, study, shown, x),
      yAxis: { ...parameterAxis(colours, study, shown, y), nameGap: 46 },
      visualMap: {
        type: 'continuous', dimension: 2, min: 1, max: Math.max(2, shown.length), inRange: { color: [...colours.scale].reverse() },
        orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 160, textStyle: { color: colours.muted },
        text: [String(shown.length), '1'],
      },
      series: [
        {
          type: 'scatter',
          symbolSize: shown.length > 500 ? 4 : 9,
          itemStyle: { borderColor: colours.surface, borderWidth: 1 },
          data: shown.map((p) => [parameter(p, x), parameter(p, y), places.get(p.trialNumber), p.trialNumber, objective(p)]),
        },
      ],
    }),
  };
}

const CELLS = 36;

/** The objective over two parameters: trials as points on a surface of inverse-distance weights (Shepard 1968). */
export function contour(study: Study, points: Point[], x: string, y: string): Chart {
  const shown = points.filter((p) => !p.pruned && parameter(p, x) !== undefined && parameter(p, y) !== undefined);
  const specX = study.space.find((s) => s.name === x);
  const specY = study.space.find((s) => s.name === y);
  const numeric = shown.every((p) => typeof parameter(p, x) === 'number' && typeof parameter(p, y) === 'number');
  const cells = numeric ? surface(shown, x, y, isLog(specX), isLog(specY)) : [];
  return {
    title: `${t('contour')}: ${x} × ${y}`,
    summary: t('contourSummary', metricName(study), x, y, shown.length),
    height: 460,
    header: [t('trial'), x, y, metricName(study)],
    rows: () => shown.map((p) => [p.trialNumber, parameter(p, x), parameter(p, y), objective(p)]),
    option: (colours) => ({
      grid: { left: 72, right: 24, top: 24, bottom: 96 },
      tooltip: { formatter: (p: any) => p.seriesIndex === 1 ? `${t('trial')} ${p.value[3]}: ${figure(p.value[2])}` : figure(p.value[4]) },
      xAxis: parameterAxis(colours, study, shown, x),
      yAxis: { ...parameterAxis(colours, study, shown, y), nameGap: 46 },
      visualMap: [
        { ...valueScale(study, shown, 0, 4, colours), type: 'continuous', seriesIndex: 0, show: false },
        { ...valueScale(study, shown, 0, 2, colours), type: 'continuous', seriesIndex: 1 },
      ],
      series: [
        {
          type: 'custom',
          silent: true,
          data: cells,
          encode: { x: [0, 2], y: [1, 3] },
          renderItem: (_: any, api: any) => {
            const a = api.coord([api.value(0), api.value(1)]);
            const b = api.coord([api.value(2), api.value(3)]);
            return {
              type: 'rect',
              shape: { x: a[0], y: b[1], width: b[0] - a[0] + 0.6, height: a[1] - b[1] + 0.6 },
              style: { fill: api.visual('color') },
            };
          },
        },
        {
          type: 'scatter',
          symbolSize: shown.length > 500 ? 4 : 8,
          itemStyle: { borderColor: colours.surface, borderWidth: 1 },
          data: shown.map((p) => [parameter(p, x), parameter(p, y), objective(p), p.trialNumber]),
        },
      ],
    }),
  };
}

function surface(points: Point[], x: string, y: string, logX: boolean, logY: boolean): number[][] {
  if (points.length < 3) return [];
  const toX = logX ? Math.log : Number;
  const toY = logY ? Math.log : Number;
  const fromX = logX ? Math.exp : Number;
  const fromY = logY ? Math.exp : Number;
  const known = points.slice(0, 600).map((p) => [toX(parameter(p, x) as number), toY(parameter(p, y) as number), objective(p)]);
  const lowX = Math.min(...known.map((k) => k[0]));
  const lowY = Math.min(...known.map((k) => k[1]));
  const spanX = Math.max(...known.map((k) => k[0])) - lowX || 1;
  const spanY = Math.max(...known.map((k) => k[1])) - lowY || 1;
  const cells: number[][] = [];
  for (let i = 0; i < CELLS; i++) {
    for (let j = 0; j < CELLS; j++) {
      let weights = 0;
      let sum = 0;
      for (const [kx, ky, value] of known) {
        const dx = (kx - lowX) / spanX - (i + 0.5) / CELLS;
        const dy = (ky - lowY) / spanY - (j + 0.5) / CELLS;
        const weight = 1 / (dx * dx + dy * dy + 1e-4) ** 2;
        weights += weight;
        sum += weight * value;
      }
      cells.push([
        fromX(lowX + (spanX * i) / CELLS), fromY(lowY + (spanY * j) / CELLS),
        fromX(lowX + (spanX * (i + 1)) / CELLS), fromY(lowY + (spanY * (j + 1)) / CELLS),
        sum / weights,
      ]);
    }
  }
  return cells;
}

export interface Curve {
  trialNumber: number;
  pruned?: boolean;
  steps?: string[];
  values?: (number | string)[];
}

export function curves(items: Curve[], metric: string, title: string, names = (c: Curve) => `${t('trial')} ${c.trialNumber}`): Chart {
  const few = items.length <= 8;
  return {
    title,
    summary: t('curvesSummary', items.length, metric, items.filter((c) => c.pruned).length),
    height: 380,
    header: [t('trial'), t('step'), metric],
    rows: () => items.flatMap((c) => (c.steps ?? []).map((step, i) => [names(c), Number(step), num(c.values?.[i])])),
    option: (colours) => ({
      legend: { show: few, textStyle: { color: colours.text } },
      tooltip: { formatter: (p: any) => `${p.seriesName}, ${t('step')} ${p.value[0]}: ${figure(p.value[1])}` },
      dataZoom: zoom,
      xAxis: axis(colours, 'value', t('step'), { minInterval: 1 }),
      yAxis: axis(colours, 'value', metric, { nameLocation: 'end', nameGap: 12 }),
      series: items.map((c, i) => ({
        name: names(c),
        type: 'line',
        showSymbol: (c.steps ?? []).length < 2,
        lineStyle: c.pruned && !few
          ? { color: pale, width: 1, type: 'dashed', opacity: 0.7 }
          : { color: few ? palette[i % palette.length] : palette[0], width: few ? 2 : 1.2, opacity: few ? 1 : 0.55 },
        itemStyle: { color: few ? palette[i % palette.length] : palette[0] },
        emphasis: { focus: few ? 'none' : 'series' },
        data: (c.steps ?? []).map((step, k) => [Number(step), num(c.values?.[k])]),
      })),
    }),
  };
}

export function distribution(study: Study, points: Point[]): Chart {
  const values = points.filter((p) => !p.pruned).map((p) => objective(p)).sort((a, b) => a - b);
  const steps = values.map((value, i) => [value, (i + 1) / values.length]);
  return {
    title: t('edf'),
    summary: t('edfSummary', metricName(study), figure(values[Math.floor(values.length / 2)])),
    header: [metricName(study), t('share')],
    rows: () => steps,
    option: (colours) => ({
      xAxis: axis(colours, 'value', metricName(study)),
      yAxis: axis(colours, 'value', t('share'), { min: 0, max: 1, nameLocation: 'end', nameGap: 12 }),
      series: [{ type: 'line', step: 'end', showSymbol: false, lineStyle: { width: 2 }, data: steps }],
    }),
  };
}

const stateColours: Record<string, string> = {
  running: palette[5], finished: palette[0], failed: bad, lost: palette[4], preempted: palette[3], stopped: pale,
};

/** Who an attempt is counted to: the model replica that trained it, or whoever asked for it. */
export type LaneOf = 'replica' | 'worker';
export const laneOf = (entry: any, by: LaneOf): string => (by === 'replica' && entry.replica) || entry.worker;

/** Attempts by replica; attempts of one replica that overlap take lanes of their own. */
export function timeline(all: any[], by: LaneOf, only: string): Chart {
  const entries = only ? all.filter((entry) => laneOf(entry, by) === only) : all;
  const lanes: { name: string; until: number }[] = [];
  const now = Date.now();
  const bars = entries.map((entry) => {
    const start = Date.parse(entry.startTime);
    const end = entry.endTime ? Date.parse(entry.endTime) : now;
    const name = laneOf(entry, by);
    let lane = lanes.findIndex((l) => l.name === name && l.until <= start);
    if (lane < 0) lane = lanes.push({ name, until: end }) - 1;
    lanes[lane].until = end;
    const state = String(entry.state).replace('ATTEMPT_STATE_', '').toLowerCase();
    return { start, end, lane, state, trial: entry.trialNumber, attempt: entry.attempt, replica: entry.replica ?? '', worker: entry.worker };
  });
  const shown = [...new Set(lanes.map((l) => l.name))];
  return {
    title: t('timeline'),
    summary: entries.length ? t('timelineSummary', entries.length, shown.length, t(by === 'replica' ? 'byReplica' : 'byWorker'), shown.slice(0, 4).join(', ')) : t('nothingYet'),
    height: Math.max(200, 90 + 26 * lanes.length),
    header: [t('trial'), t('attempt'), t('replica'), t('worker'), t('state'), t('start'), t('seconds')],
    rows: () => bars.map((b) => [b.trial, b.attempt, b.replica, b.worker, t(b.state), new Date(b.start).toISOString(), (b.end - b.start) / 1000]),
    option: (colours) => ({
      grid: { left: 12, right: 24, top: 36, bottom: 40, containLabel: true },
      legend: { data: Object.keys(stateColours).map((s) => t(s)), textStyle: { color: colours.text } },
      tooltip: { formatter: (p: any) => `${t('trial')} ${p.value[3]}, ${p.seriesName}, ${figure((p.value[2] - p.value[1]) / 1000)} s` },
      dataZoom: zoom,
      xAxis: axis(colours, 'time', ''),
      yAxis: axis(colours, 'category', '', { data: lanes.map((l) => l.name), axisLabel: { color: colours.muted } }),
      series: Object.entries(stateColours).map(([state, colour]) => ({
        name: t(state),
        type: 'custom',
        itemStyle: { color: colour },
        encode: { x: [1, 2], y: 0 },
        data: bars.filter((b) => b.state === state).map((b) => [b.lane, b.start, b.end, b.trial]),
        renderItem: (_: any, api: any) => {
          const from = api.coord([api.value(1), api.value(0)]);
          const to = api.coord([api.value(2), api.value(0)]);
          const height = api.size([0, 1])[1] * 0.7;
          return {
            type: 'rect',
            shape: { x: from[0], y: from[1] - height / 2, width: Math.max(1.5, to[0] - from[0] - 0.5), height, r: 2 },
            style: { fill: api.visual('color') },
          };
        },
      })),
    }),
  };
}

export function pareto(study: Study, points: Point[], front: Point[]): Chart {
  const on = [...front].sort((a, b) => objective(a) - objective(b));
  return {
    title: t('pareto'),
    summary: t('paretoSummary', front.length, points.length),
    height: 420,
    header: [t('trial'), metricName(study, 0), metricName(study, 1)],
    rows: () => on.map((p) => [p.trialNumber, objective(p, 0), objective(p, 1)]),
    option: (colours) => ({
      tooltip: { formatter: (p: any) => `${t('trial')} ${p.value[2]}: ${figure(p.value[0])}, ${figure(p.value[1])}` },
      xAxis: axis(colours, 'value', metricName(study, 0)),
      yAxis: axis(colours, 'value', metricName(study, 1), { nameLocation: 'end', nameGap: 12 }),
      series: [
        { name: t('completed'), type: 'scatter', symbolSize: 5, itemStyle: { color: pale, opacity: 0.6 },
          data: points.filter((p) => !p.pruned).map((p) => [objective(p, 0), objective(p, 1), p.trialNumber]) },
        { name: t('pareto'), type: 'line', step: study.objectives[1]?.maximize ? 'start' : 'end', symbolSize: 9, itemStyle: { color: bad }, lineStyle: { color: bad },
          data: on.map((p) => [objective(p, 0), objective(p, 1), p.trialNumber]) },
      ],
    }),
  };
}

/** One figure by trial number: the regret bound, the hypervolume. */
export function trace(title: string, name: string, points: [number, number][]): Chart {
  return {
    title,
    summary: points.length ? t('traceSummary', name, figure(points.at(-1)![1])) : t('nothingYet'),
    height: 280,
    header: [t('trial'), name],
    rows: () => points,
    option: (colours) => ({
      tooltip: { trigger: 'axis' },
      xAxis: axis(colours, 'value', t('trial'), { min: 'dataMin', minInterval: 1 }),
      yAxis: axis(colours, 'value', name, { nameLocation: 'end', nameGap: 12 }),
      series: [{ name, type: 'line', showSymbol: points.length < 40, data: points }],
    }),
  };
}

// The charts of an evaluation on the test fold.
import { t, term } from '../words';
import { figure } from '../wire';
import type { Chart } from './chart-view';
import { axis, bad, palette } from './theme';

const nums = (list: (number | string)[] | undefined): number[] => (list ?? []).map(Number);

export function scatter(diagnostics: any): Chart {
  const observed = nums(diagnostics.observed);
  const predicted = nums(diagnostics.predicted);
  const top = Math.max(...observed, ...predicted, 1);
  return {
    title: t('scatter'),
    summary: t('scatterSummary', observed.length),
    height: 420,
    header: [t('observed'), t('predicted')],
    rows: () => observed.map((o, i) => [o, predicted[i]]),
    option: (colours) => ({
      xAxis: axis(colours, 'value', t('observed'), { max: top, min: 0 }),
      yAxis: axis(colours, 'value', t('predicted'), { max: top, min: 0, nameLocation: 'end', nameGap: 12 }),
      series: [
        { type: 'scatter', symbolSize: 4, itemStyle: { color: palette[0], opacity: 0.4 }, data: observed.map((o, i) => [o, predicted[i]]) },
        { name: t('identity'), type: 'line', showSymbol: false, silent: true, lineStyle: { color: bad, type: 'dashed' }, data: [[0, 0], [top, top]] },
      ],
    }),
  };
}

export function confusion(diagnostics: any): Chart {
  const labels: string[] = (diagnostics.classLabels ?? []).map(term);
  const counts = nums(diagnostics.confusion);
  const k = labels.length;
  const total = counts.reduce((a, b) => a + b, 0);
  const right = labels.reduce((sum, _, i) => sum + counts[i * k + i], 0);
  const cells = labels.flatMap((_, i) => labels.map((_, j) => [j, i, counts[i * k + j], counts[i * k + j] / Math.max(1, counts.slice(i * k, i * k + k).reduce((a, b) => a + b, 0))]));
  return {
    title: t('confusion'),
    summary: t('confusionSummary', figure((100 * right) / Math.max(1, total)), total),
    height: 420,
    header: [t('observed'), ...labels],
    rows: () => labels.map((label, i) => [label, ...counts.slice(i * k, i * k + k)]),
    option: (colours) => ({
      grid: { left: 12, right: 12, top: 12, bottom: 40, containLabel: true },
      xAxis: axis(colours, 'category', t('predicted'), { data: labels, axisLabel: { color: colours.muted, interval: 0 } }),
      yAxis: axis(colours, 'category', '', { data: labels, inverse: true }),
      series: [
        {
          type: 'custom',
          data: cells,
          renderItem: (_: any, api: any) => {
            const [x, y] = api.coord([api.value(0), api.value(1)]);
            const [width, height] = api.size([1, 1]);
            const share = api.value(3);
            return {
              type: 'group',
              children: [
                { type: 'rect', shape: { x: x - width / 2 + 1, y: y - height / 2 + 1, width: width - 2, height: height - 2, r: 3 }, style: { fill: palette[0], opacity: 0.06 + 0.94 * share } },
                ...[`${api.value(2)}`, `${Math.round(100 * share)} %`].map((text, line) => ({
                  type: 'text',
                  style: { text, x, y: y + (line ? 10 : -10), align: 'center', verticalAlign: 'middle', fontSize: line ? 11 : 14, fill: share > 0.45 ? '#fff' : colours.text },
                })),
              ],
            };
          },
        },
      ],
    }),
  };
}

export function reliability(diagnostics: any): Chart {
  const confidence = nums(diagnostics.reliabilityConfidence);
  const accuracy = nums(diagnostics.reliabilityAccuracy);
  const counts = nums(diagnostics.reliabilityCount);
  const rows = confidence.map((c, i) => [c, accuracy[i], counts[i]]).filter((row) => row[2] > 0);
  return {
    title: t('reliability'),
    summary: t('scatterSummary', rows.length),
    header: [t('confidence'), t('observed'), 'n'],
    rows: () => rows,
    option: (colours) => ({
      xAxis: axis(colours, 'value', t('confidence'), { min: 0, max: 1 }),
      yAxis: axis(colours, 'value', t('observed'), { min: 0, max: 1, nameLocation: 'end', nameGap: 12 }),
      series: [
        { type: 'line', symbolSize: 8, itemStyle: { color: palette[0] }, data: rows },
        { name: t('identity'), type: 'line', showSymbol: false, silent: true, lineStyle: { color: bad, type: 'dashed' }, data: [[0, 0], [1, 1]] },
      ],
    }),
  };
}

export function bands(groups: any[], metric: string): Chart {
  const rows = groups
    .map((g) => ({ name: g.name as string, metric: (g.metrics ?? []).find((m: any) => m.name === metric) }))
    .filter((row) => row.metric);
  return {
    title: `${t('bands')}: ${metric}`,
    summary: rows.map((r) => `${r.name} ${figure(Number(r.metric.value ?? 0))}`).join(', '),
    height: Math.max(200, 60 + 26 * rows.length),
    header: [t('bands'), metric],
    rows: () => rows.map((r) => [r.name, Number(r.metric.value ?? 0)]),
    option: (colours) => ({
      grid: { left: 12, right: 48, top: 8, bottom: 12, containLabel: true },
      xAxis: axis(colours, 'value', '', { scale: false }),
      yAxis: axis(colours, 'category', '', { data: rows.map((r) => r.name), inverse: true, axisLabel: { color: colours.text } }),
      series: [{ type: 'bar', barMaxWidth: 18, itemStyle: { color: palette[0] }, data: rows.map((r) => Number(r.metric.value ?? 0)),
        label: { show: true, position: 'right', color: colours.text, formatter: (p: any) => figure(p.value) } }],
    }),
  };
}

/** Bars over categories: a column's distribution. */
export function bars(title: string, labels: string[], values: number[], height = 200): Chart {
  return {
    title,
    summary: labels.map((label, i) => `${label}: ${figure(values[i])}`).slice(0, 12).join(', '),
    height,
    header: [t('value'), 'n'],
    rows: () => labels.map((label, i) => [label, values[i]]),
    option: (colours) => ({
      grid: { left: 12, right: 12, top: 12, bottom: 8, containLabel: true },
      xAxis: axis(colours, 'category', '', { data: labels }),
      yAxis: axis(colours, 'value', '', { scale: false }),
      series: [{ type: 'bar', itemStyle: { color: palette[0] }, data: values }],
    }),
  };
}

/** Shares by year, stacked to one. */
export function shares(title: string, years: string[], classes: string[], values: number[][]): Chart {
  return {
    title,
    summary: `${years[0] ?? ''}–${years.at(-1) ?? ''}`,
    height: 320,
    header: [t('years'), ...classes],
    rows: () => years.map((year, i) => [year, ...values[i]]),
    option: (colours) => ({
      xAxis: axis(colours, 'category', '', { data: years }),
      yAxis: axis(colours, 'value', '', { max: 1, scale: false }),
      series: classes.map((name, k) => ({ name, type: 'bar', stack: 'shares', itemStyle: { color: palette[k % palette.length] }, data: values.map((row) => row[k]) })),
    }),
  };
}

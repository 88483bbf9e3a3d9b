/** Colours of the page, read from the style sheet so that charts follow light and dark. */
export interface Ink {
  text: string;
  muted: string;
  line: string;
  surface: string;
  /** From low to high. */
  scale: string[];
}

export function ink(): Ink {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const surface = read('--surface');
  const [red = 255] = (surface.match(/\d+/g) ?? []).map(Number);
  return { text: read('--text'), muted: read('--muted'), line: read('--line'), surface, scale: red < 128 ? viridisByNight : viridis };
}

/** Okabe and Ito's colours: told apart by people with any colour vision. */
export const palette = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8a6fb0'];
export const good = '#009e73';
export const bad = '#d55e00';
export const pale = '#8d99a8';

/** Viridis, dark to light: lightness alone carries the order. By night without its darkest end, which no one would see. */
const viridis = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'];
const viridisByNight = ['#6f7fd8', '#3a9fb0', '#35b779', '#9bd93c', '#fde725'];

// Single quotes within: ECharts writes it as it is into attributes of the SVG files that people save.
const font = "system-ui, 'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', 'Ilteo Hangul', sans-serif";

/** What all charts have in common, merged over by each chart's own option. */
export function base(colours: Ink): any {
  return {
    animation: false,
    color: palette,
    textStyle: { color: colours.text, fontFamily: font },
    tooltip: {
      // Drawn on the canvas: a tooltip of HTML would need styles that the page's policy forbids.
      renderMode: 'richText',
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.text, fontFamily: font },
    },
    legend: { type: 'scroll', top: 0, pageIconColor: colours.text, pageTextStyle: { color: colours.muted }, textStyle: { color: colours.text }, inactiveColor: colours.muted },
    grid: { left: 64, right: 24, top: 40, bottom: 52, containLabel: false },
  };
}

/** Zoom by dragging with the Ctrl key's wheel: the bare wheel scrolls the page. */
export const zoom = [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, preventDefaultMouseMove: false }];

export function axis(colours: Ink, type: string, name: string, extra: object = {}): any {
  return {
    type,
    name,
    nameLocation: 'middle',
    nameGap: 30,
    scale: type !== 'category',
    nameTextStyle: { color: colours.muted },
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.muted, hideOverlap: true },
    splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
    ...extra,
  };
}

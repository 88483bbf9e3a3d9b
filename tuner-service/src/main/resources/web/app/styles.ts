import { css } from 'lit';

export const shared = css`
  :host {
    display: block;
    max-width: 72rem;
    margin: 0 auto;
    padding: 1rem 1.5rem;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent);
    padding: 0.35rem 0.6rem;
    text-align: left;
    vertical-align: top;
  }
  td.figure,
  th.figure {
    text-align: right;
  }
  td.long {
    font-size: 0.85rem;
    word-break: break-word;
  }
  th button {
    all: unset;
    cursor: pointer;
    text-decoration: underline dotted;
  }
  th button:focus-visible,
  a:focus-visible,
  .pages button:focus-visible {
    outline: 2px solid;
    outline-offset: 2px;
  }
  progress {
    width: 8rem;
    vertical-align: middle;
  }
  [role='alert'] {
    border-left: 4px solid #b3261e;
    padding-left: 0.8rem;
  }
`;

import { LitElement, html } from 'lit';
import * as api from './api';
import { shared } from './styles';
import { figure, span, type Study } from './wire';

/** The table of studies, read again every two seconds. */
export class StudiesPage extends LitElement {
  static styles = shared;
  static properties = { studies: { state: true }, trouble: { state: true } };
  declare studies: Study[] | undefined;
  declare trouble: string;
  private timer = 0;

  constructor() {
    super();
    this.trouble = '';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
    this.timer = window.setInterval(() => void this.load(), 2000);
  }

  disconnectedCallback() {
    window.clearInterval(this.timer);
    super.disconnectedCallback();
  }

  private async load() {
    try {
      this.studies = await api.studies();
      this.trouble = '';
    } catch (failure) {
      this.trouble = (failure as Error).message;
    }
  }

  render() {
    return html`<h1>Studies</h1>
      ${this.trouble ? html`<p role="alert">${this.trouble}</p>` : ''}
      ${this.studies === undefined
        ? html`<p>Loading…</p>`
        : this.studies.length === 0
          ? html`<p>No study yet. Create one with <code>./ilteo run</code>.</p>`
          : this.table(this.studies)}`;
  }

  private table(studies: Study[]) {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Study</th>
          <th scope="col">Task</th>
          <th scope="col">State</th>
          <th scope="col">Progress</th>
          <th scope="col" class="figure">Best</th>
          <th scope="col" class="figure">Time left</th>
        </tr>
      </thead>
      <tbody>
        ${studies.map(
          (study) => html`<tr>
            <td><a href="#/studies/${study.id}">${study.title}</a></td>
            <td>${study.task}</td>
            <td title=${study.reason}>${study.state}</td>
            <td>
              <progress max=${study.budget} value=${study.finished}></progress>
              ${study.finished} / ${study.budget}
            </td>
            <td class="figure">${study.metric} ${figure(study.bestValue)}</td>
            <td class="figure">${span(study.secondsLeft)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}
customElements.define('studies-page', StudiesPage);

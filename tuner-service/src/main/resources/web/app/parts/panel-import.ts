import { html, nothing } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { t } from '../words';

/** Imports a panel from files of this machine into the model services that are ticked. */
export class PanelImport extends Page {
  static properties = { ...Page.properties, tasks: { attribute: false }, mappings: { state: true }, busy: { state: true }, done: { state: true } };
  declare tasks: string[];
  declare mappings: string[];
  declare busy: boolean;
  declare done: string[];

  constructor() {
    super();
    this.tasks = [];
    this.mappings = [];
    this.busy = false;
    this.done = [];
  }

  connectedCallback() {
    super.connectedCallback();
    void this.updateComplete.then(() => this.attempt(async () => {
      const answer = await api.panels<any>(this.tasks[0], 'ListMappings');
      this.mappings = (answer.mappings ?? []).map((m: any) => m.name);
    }));
  }

  private async send(event: Event) {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const files = (data.getAll('files') as File[]).filter((file) => file.size > 0);
    this.done = [];
    this.busy = true;
    await this.attempt(async () => {
      for (const task of data.getAll('task').map(String)) {
        const { panel, created } = await api.importPanel(task, String(data.get('mapping')), files);
        this.done = [...this.done, created
          ? t('imported', task, panel.name, Number(panel.personYears ?? 0).toLocaleString(), Number(panel.persons ?? 0).toLocaleString())
          : t('wasThere', task, panel.name)];
      }
      this.dispatchEvent(new CustomEvent('imported'));
    });
    this.busy = false;
  }

  render() {
    return html`<details class="card"><summary>${t('importPanel')}</summary>
      <form class="grid" @submit=${this.send}>
        <p class="wide">${t('importHelp')}</p>
        <label>${t('files')}<input type="file" name="files" multiple required /></label>
        <label>${t('mapping')}<select name="mapping">${this.mappings.map((m) => html`<option>${m}</option>`)}</select></label>
        <fieldset><legend>${t('into')}</legend>${this.tasks.map((task) =>
          html`<label class="check"><input type="checkbox" name="task" value=${task} checked />${task}</label>`)}</fieldset>
        <span class="tools"><button ?disabled=${this.busy}>${this.busy ? t('importing') : t('importPanel')}</button></span>
      </form>
      ${this.alert()}
      <div role="status">${this.done.length ? this.done.map((line) => html`<p>${line}</p>`) : nothing}</div>
    </details>`;
  }
}
customElements.define('panel-import', PanelImport);

import { html } from 'lit';
import { Page } from '../page';
import { t } from '../words';

/** Asks before something that cannot be taken back; focus and Escape are the browser's own `<dialog>`. */
export class ConfirmDialog extends Page {
  static properties = { ...Page.properties, question: { state: true } };
  declare question: string;
  private answer = (_: boolean) => {};

  constructor() {
    super();
    this.question = '';
  }

  async ask(question: string): Promise<boolean> {
    this.question = question;
    await this.updateComplete;
    this.querySelector('dialog')!.showModal();
    return new Promise((resolve) => (this.answer = resolve));
  }

  private close(yes: boolean) {
    const answer = this.answer;
    this.answer = () => {};
    this.querySelector('dialog')!.close();
    answer(yes);
  }

  render() {
    return html`<dialog aria-labelledby="question" @close=${() => this.close(false)}>
      <p id="question">${this.question}</p>
      <span class="tools">
        <button @click=${() => this.close(true)}>${t('yesDo')}</button>
        <button class="quiet" @click=${() => this.close(false)}>${t('cancel')}</button>
      </span>
    </dialog>`;
  }
}
customElements.define('confirm-dialog', ConfirmDialog);

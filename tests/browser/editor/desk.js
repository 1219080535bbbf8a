// Somebody at the editor: signs in to the trial, fills in fields by their
// labels' names, saves, and takes home what would be committed.
//
// The trial keeps its repository in a folder that the browser gives to the
// origin. The content is put there before, and read from there afterwards:
// what lies between is the editor itself.

/** The editor's name for that folder. */
const REPOSITORY = 'sveltia-cms-test';

export class Desk {
  #tab;
  #origin;

  constructor(tab, origin) {
    this.#tab = tab;
    this.#origin = origin;
  }

  /** Puts these files (text by path) into the repository, and signs in. */
  async begin(files) {
    await this.#tab.goto(`${this.#origin}/robots.txt`);
    await this.#tab.evaluate(put, [REPOSITORY, files]);
    await this.#tab.goto(`${this.#origin}/admin/`);
    await this.#tab.getByRole('button', { name: 'Work with Test Repository' }).click();
    await this.#tab.getByText('Pages', { exact: true }).first().waitFor();
  }

  /** Every file of the repository. */
  take() {
    return this.#tab.evaluate(take, REPOSITORY);
  }

  async open(collection, entry) {
    const part = entry === undefined ? 'new' : `entries/${entry}`;
    await this.#tab.goto(`${this.#origin}/admin/#/collections/${collection}/${part}`);
    await this.#at('title').getByRole('textbox').waitFor();
  }

  #at(field) {
    return this.#tab.locator(`[data-key-path="${field}"]`);
  }

  /** What is in a field. */
  read(field) {
    return this.#at(field).locator('input, textarea').first().inputValue();
  }

  /** Types into a field of whatever sort; a list is words to choose. */
  async fill(field, value) {
    const at = this.#at(field);
    await this.#reach(at);
    const sort = await at.getAttribute('data-field-type');
    if (sort === 'boolean') {
      await at.getByRole('switch').click();
    } else if (sort === 'select' || sort === 'relation') {
      for (const word of [value].flat()) await this.#choose(at, word);
    } else if (sort === 'list') {
      for (const [index, entry] of value.entries()) {
        await at.getByRole('button', { name: /^Add/ }).first().click();
        for (const [name, text] of Object.entries(entry)) await this.fill(`${field}.${index}.${name}`, text);
      }
    } else {
      await at.locator('input, textarea').first().fill(value);
    }
  }

  /** The editor draws a field when it comes into view: goes down until it is there. */
  async #reach(at) {
    const drawn = this.#tab.locator('[data-key-path]');
    for (let steps = 0; (await at.count()) === 0 && steps < 40; steps += 1) {
      const more = await drawn.count();
      await drawn.last().scrollIntoViewIfNeeded();
      await this.#tab.waitForFunction((known) => document.querySelectorAll('[data-key-path]').length > known, more, { timeout: 2_000 }).catch(() => {});
    }
    await at.waitFor();
  }

  async #choose(at, word) {
    const radio = at.locator(`button[role="radio"][value="${word}"]`);
    if (await radio.count()) {
      await radio.click();
      return;
    }
    await at.getByRole('combobox').first().click();
    await this.#tab.locator(`[role="option"][value="${word}"]:visible, [role="option"][data-value="${word}"]:visible`).first().click();
    if (await at.getByRole('listbox').first().isVisible()) await this.#tab.keyboard.press('Escape');
  }

  /** Saves, and waits until the editor says that it has. */
  async save() {
    await this.#tab.getByRole('button', { name: 'Save', exact: true }).click();
    await this.#tab.getByText(/Entry (saved|created)/).first().waitFor();
    await this.#tab.waitForURL((url) => !url.hash.includes('/entries/') && !url.hash.endsWith('/new'));
  }
}

/* In the page. */

async function put([repository, files]) {
  const top = await (await navigator.storage.getDirectory()).getDirectoryHandle(repository, { create: true });
  for (const [path, text] of Object.entries(files)) {
    const folders = path.split('/');
    const name = folders.pop();
    let folder = top;
    for (const part of folders) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await file.write(text);
    await file.close();
  }
}

async function take(repository) {
  const files = {};
  const walk = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') await walk(handle, `${path}${name}/`);
      else files[path + name] = await (await handle.getFile()).text();
    }
  };
  await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle(repository), '');
  return files;
}

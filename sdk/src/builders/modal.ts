// Builders of what a modal may ask, and the modal itself.

import type {
  ActionRow,
  Checkbox,
  CheckboxGroup,
  FileUpload,
  GroupOption,
  InputText,
  Label,
  LabelContent,
  Modal,
  ModalComponent,
  RadioGroup,
  TextDisplay,
} from "./component-types";
import { ComponentBuilder, inRows } from "./components";
import type { InputTextStyle } from "./constants";
import { type Buildable, type Builder, built, present, toWire } from "./wire";

export class InputTextBuilder extends ComponentBuilder<InputText> {
  constructor(customId?: string) {
    super(4, present({ custom_id: customId, style: 1 }));
  }

  setCustomId(customId: string): this {
    return this.with({ custom_id: customId });
  }

  setStyle(style: InputTextStyle): this {
    return this.with({ style });
  }

  /** Of a text that stands in a row; in a `label` the label has the words. */
  setLabel(label: string): this {
    return this.with({ label });
  }

  setMinLength(length: number): this {
    return this.with({ min_length: length });
  }

  setMaxLength(length: number): this {
    return this.with({ max_length: length });
  }

  setRequired(required = true): this {
    return this.with({ required });
  }

  /** What is there already. */
  setValue(value: string): this {
    return this.with({ value });
  }

  setPlaceholder(placeholder: string): this {
    return this.with({ placeholder });
  }
}

export class FileUploadBuilder extends ComponentBuilder<FileUpload> {
  constructor(customId?: string) {
    super(19, present({ custom_id: customId }));
  }

  setCustomId(customId: string): this {
    return this.with({ custom_id: customId });
  }

  setMinValues(count: number): this {
    return this.with({ min_values: count });
  }

  setMaxValues(count: number): this {
    return this.with({ max_values: count });
  }

  setRequired(required = true): this {
    return this.with({ required });
  }
}

type GivenOption = GroupOption | string;

const groupOption = (option: GivenOption): GroupOption =>
  typeof option === "string" ? { label: option, value: option } : option;

/** One of several, all in sight. */
export class RadioGroupBuilder extends ComponentBuilder<RadioGroup> {
  constructor(customId?: string) {
    super(21, present({ custom_id: customId, options: [] }));
  }

  setCustomId(customId: string): this {
    return this.with({ custom_id: customId });
  }

  setOptions(...options: (GivenOption | GivenOption[])[]): this {
    return this.with({ options: options.flat().map(groupOption) });
  }

  addOptions(...options: (GivenOption | GivenOption[])[]): this {
    return this.setOptions(...(this.data.options ?? []), ...options);
  }

  setRequired(required = true): this {
    return this.with({ required });
  }
}

/** Some of several, all in sight. */
export class CheckboxGroupBuilder extends ComponentBuilder<CheckboxGroup> {
  constructor(customId?: string) {
    super(22, present({ custom_id: customId, options: [] }));
  }

  setCustomId(customId: string): this {
    return this.with({ custom_id: customId });
  }

  setOptions(...options: (GivenOption | GivenOption[])[]): this {
    return this.with({ options: options.flat().map(groupOption) });
  }

  addOptions(...options: (GivenOption | GivenOption[])[]): this {
    return this.setOptions(...(this.data.options ?? []), ...options);
  }

  setMinValues(count: number): this {
    return this.with({ min_values: count });
  }

  setMaxValues(count: number): this {
    return this.with({ max_values: count });
  }

  setRequired(required = true): this {
    return this.with({ required });
  }
}

export class CheckboxBuilder extends ComponentBuilder<Checkbox> {
  constructor(customId?: string) {
    super(23, present({ custom_id: customId }));
  }

  setCustomId(customId: string): this {
    return this.with({ custom_id: customId });
  }

  setDefault(checked = true): this {
    return this.with({ default: checked });
  }
}

export class LabelBuilder extends ComponentBuilder<Label> {
  constructor(label?: string, component?: Buildable<LabelContent>) {
    super(18, present({ label }));
    if (component !== undefined) this.setComponent(component);
  }

  setLabel(label: string): this {
    return this.with({ label });
  }

  setDescription(description: string): this {
    return this.with({ description });
  }

  setComponent(component: Buildable<LabelContent>): this {
    return this.with({ component: built(component) });
  }
}

type GivenPart = Buildable<Label | TextDisplay | ActionRow | InputText> | string;

export class ModalBuilder implements Builder<Modal> {
  readonly #data: { custom_id?: string; title?: string; components: ModalComponent[] } = { components: [] };

  constructor(customId?: string, title?: string) {
    if (customId !== undefined) this.#data.custom_id = customId;
    if (title !== undefined) this.#data.title = title;
  }

  setCustomId(customId: string): this {
    this.#data.custom_id = customId;
    return this;
  }

  setTitle(title: string): this {
    this.#data.title = title;
    return this;
  }

  addComponents(...components: (GivenPart | GivenPart[])[]): this {
    return this.setComponents(...this.#data.components, ...components);
  }

  setComponents(...components: (GivenPart | GivenPart[])[]): this {
    this.#data.components = inRows(components.flat()) as ModalComponent[];
    return this;
  }

  toJSON(): Modal {
    return toWire(this.#data) as unknown as Modal;
  }
}

// -- what was answered --------------------------------------------------------------------------------------------

interface Submitted {
  type: number;
  custom_id?: string;
  value?: unknown;
  values?: unknown;
  component?: Submitted;
  components?: Submitted[];
}

export type ModalValue = string | string[] | boolean;

/** The answers of a submitted modal by custom id: text, a list of choices or ids, or whether a box is ticked. */
export function modalValues(data: { components?: unknown }): Record<string, ModalValue> {
  const found: Record<string, ModalValue> = {};
  collect((data.components ?? []) as Submitted[], found);
  return found;
}

function collect(components: readonly Submitted[], found: Record<string, ModalValue>): void {
  for (const part of components) {
    const value = part.value ?? part.values;
    if (part.custom_id !== undefined && value !== undefined && value !== null) {
      found[part.custom_id] = value as ModalValue;
    }
    if (part.component !== undefined) collect([part.component], found);
    if (part.components !== undefined) collect(part.components, found);
  }
}

// -- the factories ------------------------------------------------------------------------------------------------

export const modal = (customId?: string, title?: string): ModalBuilder => new ModalBuilder(customId, title);
export const label = (text?: string, component?: Buildable<LabelContent>): LabelBuilder =>
  new LabelBuilder(text, component);
export const inputText = (customId?: string): InputTextBuilder => new InputTextBuilder(customId);
export const textInput = inputText;
export const fileUpload = (customId?: string): FileUploadBuilder => new FileUploadBuilder(customId);
export const radioGroup = (customId?: string): RadioGroupBuilder => new RadioGroupBuilder(customId);
export const checkboxGroup = (customId?: string): CheckboxGroupBuilder => new CheckboxGroupBuilder(customId);
export const checkbox = (customId?: string): CheckboxBuilder => new CheckboxBuilder(customId);

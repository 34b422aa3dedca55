// Components in Discord's own words, which is what every builder's `toJSON` gives.

import type { ButtonStyle, ChannelType, InputTextStyle, SeparatorSpacing } from "./constants";
import type { Snowflake } from "./wire";

interface Numbered {
  /** Discord numbers the components of a message, unless told. */
  id?: number;
}

export interface Emoji {
  id?: Snowflake;
  name?: string;
  animated?: boolean;
}

export interface Button extends Numbered {
  type: 2;
  style: ButtonStyle;
  custom_id?: string;
  label?: string;
  emoji?: Emoji;
  url?: string;
  sku_id?: Snowflake;
  disabled?: boolean;
}

export interface SelectOption {
  label: string;
  value: string;
  description?: string;
  emoji?: Emoji | string;
  default?: boolean;
}

export interface SelectDefault {
  id: Snowflake;
  type: "user" | "role" | "channel";
}

interface SelectBase extends Numbered {
  custom_id: string;
  placeholder?: string;
  min_values?: number;
  max_values?: number;
  required?: boolean;
  disabled?: boolean;
}

export interface StringSelect extends SelectBase {
  type: 3;
  options: SelectOption[];
}

export interface UserSelect extends SelectBase {
  type: 5;
  default_values?: SelectDefault[];
}

export interface RoleSelect extends SelectBase {
  type: 6;
  default_values?: SelectDefault[];
}

export interface MentionableSelect extends SelectBase {
  type: 7;
  default_values?: SelectDefault[];
}

export interface ChannelSelect extends SelectBase {
  type: 8;
  channel_types?: ChannelType[];
  default_values?: SelectDefault[];
}

export type Select = StringSelect | UserSelect | RoleSelect | MentionableSelect | ChannelSelect;

export interface InputText extends Numbered {
  type: 4;
  custom_id: string;
  style: InputTextStyle;
  label?: string;
  min_length?: number;
  max_length?: number;
  required?: boolean;
  value?: string;
  placeholder?: string;
}

export interface ActionRow extends Numbered {
  type: 1;
  components: (Button | Select | InputText)[];
}

export interface TextDisplay extends Numbered {
  type: 10;
  content: string;
}

export interface Media {
  url: string;
}

export interface Thumbnail extends Numbered {
  type: 11;
  media: Media;
  description?: string;
  spoiler?: boolean;
}

export interface Section extends Numbered {
  type: 9;
  components: TextDisplay[];
  accessory: Button | Thumbnail;
}

export interface GalleryItem {
  media: Media;
  description?: string;
  spoiler?: boolean;
}

export interface MediaGallery extends Numbered {
  type: 12;
  items: GalleryItem[];
}

export interface FileDisplay extends Numbered {
  type: 13;
  file: Media;
  spoiler?: boolean;
}

export interface Separator extends Numbered {
  type: 14;
  divider?: boolean;
  spacing?: SeparatorSpacing;
}

export type ContainerPart = ActionRow | TextDisplay | Section | MediaGallery | Separator | FileDisplay;

export interface Container extends Numbered {
  type: 17;
  components: ContainerPart[];
  accent_color?: number | null;
  spoiler?: boolean;
}

export type MessageComponent = ContainerPart | Container;

export interface FileUpload extends Numbered {
  type: 19;
  custom_id: string;
  min_values?: number;
  max_values?: number;
  required?: boolean;
}

export interface GroupOption {
  label: string;
  value: string;
  description?: string;
  default?: boolean;
}

export interface RadioGroup extends Numbered {
  type: 21;
  custom_id: string;
  options: GroupOption[];
  required?: boolean;
}

export interface CheckboxGroup extends Numbered {
  type: 22;
  custom_id: string;
  options: GroupOption[];
  min_values?: number;
  max_values?: number;
  required?: boolean;
}

export interface Checkbox extends Numbered {
  type: 23;
  custom_id: string;
  default?: boolean;
}

export type LabelContent = Select | InputText | FileUpload | RadioGroup | CheckboxGroup | Checkbox;

export interface Label extends Numbered {
  type: 18;
  label: string;
  description?: string;
  component: LabelContent;
}

export type ModalComponent = Label | TextDisplay | ActionRow;

export interface Modal {
  custom_id: string;
  title: string;
  components: ModalComponent[];
}

export type AnyComponent = MessageComponent | ModalComponent | LabelContent | Button | Thumbnail;

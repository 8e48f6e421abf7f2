import type { Scalar } from '../field-value.ts';
import { reserve } from '../reserved.ts';
import { dropDown, type DropDown } from './drop-down.ts';
import type { InstanceField } from './instance-field.ts';
import { Misfit } from './misfit.ts';
import { typingOf, type Typing } from './typing.ts';

/** Brings values into the form in which one field takes them. */
export interface Fitting {
  fit: Typing;
  /** What a record holds, in the same form; `undefined` where the forms that there are count as equal anyway. */
  readonly canonical: ((value: Scalar) => Scalar) | undefined;
}

export function fittingOf({ type, maxLength, options }: InstanceField): Fitting {
  const typing = typingOf(type, maxLength);
  const fit = options.length === 0 ? typing : optionOf(dropDown(options), typing);
  const formsAreEqual = options.length === 0 && ['text', 'boolean', 'unknown'].includes(type);
  return { fit, canonical: formsAreEqual ? undefined : orUnchanged(fit) };
}

function optionOf(options: DropDown, typing: Typing): Typing {
  return (value) => {
    const key = options.keyOf(value);
    if (key === undefined) return new Misfit('invalid-option', `takes ${reserve(options.inWords, 'the options of its drop-down')} and nothing else`, 'Write one of them.');
    const typed = typing(key);
    // The instance knows its own keys, whatever type it says they have.
    return typed instanceof Misfit ? key : typed;
  };
}

function orUnchanged(fit: Typing): (value: Scalar) => Scalar {
  return (value) => {
    const fitted = fit(value);
    return fitted instanceof Misfit ? value : fitted;
  };
}

import type { Scalar } from '../field-value.ts';
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

/** `undefined` for a field that takes whatever comes, as far as is known. */
export function fittingOf({ type, maxLength, options }: InstanceField): Fitting | undefined {
  const typing = typingOf(type, maxLength);
  const fit = options.length === 0 ? typing : optionOf(dropDown(options), typing);
  if (fit === undefined) return undefined;
  const formsAreEqual = options.length === 0 && (type === 'text' || type === 'boolean');
  return { fit, canonical: formsAreEqual ? undefined : orUnchanged(fit) };
}

function optionOf(options: DropDown, typing: Typing | undefined): Typing {
  return (value) => {
    const key = options.keyOf(value);
    if (key === undefined) return new Misfit('invalid-option', 'has no such option', `It has ${options.inWords}.`);
    const typed = typing?.(key);
    // The instance knows its own keys, whatever type it says they have.
    return typed === undefined || typed instanceof Misfit ? key : typed;
  };
}

function orUnchanged(fit: Typing): (value: Scalar) => Scalar {
  return (value) => {
    const fitted = fit(value);
    return fitted instanceof Misfit ? value : fitted;
  };
}

import { json, type ServiceAnswer } from '../http/exchange.ts';
import type { InstanceBehaviour } from './behaviour.ts';

/** A refusal of Oomnitza, thrown where it is noticed. */
export class OomnitzaError extends Error {
  readonly status: number;
  readonly messages: readonly string[];

  constructor(status: number, ...messages: string[]) {
    super(messages.join(' '));
    this.status = status;
    this.messages = messages;
  }
}

/** The answer that tells a refusal, in the shape this instance uses. */
export function refusalAnswer(route: string, error: OomnitzaError, shape: InstanceBehaviour['errors']): ServiceAnswer {
  if (shape === 'text') {
    return { route, status: error.status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: error.message };
  }
  return json(route, error.status, refusalBody(error, shape));
}

function refusalBody(error: OomnitzaError, shape: Exclude<InstanceBehaviour['errors'], 'text'>): unknown {
  switch (shape) {
    case 'strings':
      return { errors: error.messages };
    case 'objects':
      return { errors: error.messages.map((message) => ({ code: error.status, message })) };
    case 'error':
      return { error: error.message };
    case 'message':
      return { message: error.message };
  }
}

/** What a registration sends: the body of the contract, as far as this matters. */
type Body = { readonly danger?: boolean };
type Answer = { readonly requestNo: string };

/** A registration of which nobody knows whether it arrived: sent again, it must be the same. */
export type Open<B> = { readonly body: B; readonly key: string };

/** The request this form has become, and what of the form it already holds. */
export type Made<B> = { readonly no: string; readonly body: B };

/** How far a form has come: sent without an answer, or made. A form that is neither was not sent. */
export type Progress<B> = { readonly open: Open<B> | null; readonly made: Made<B> | null };

export type Ways<B> = {
  readonly register: (body: B, key: string) => Promise<Answer>;
  readonly pushDanger: (no: string, key: string) => Promise<unknown>;
  /** Whether after this failure nobody knows if it arrived. */
  readonly isUncertain: (failure: unknown) => boolean;
  readonly newKey: () => string;
  /** Told whenever this changes, so that it can be kept beside the draft, and whether something is on its way now. */
  readonly onChange: (progress: Progress<B>, running: boolean) => void;
};

/** One form = one request, however often and by whichever key it is sent. */
export type Once<B> = {
  /** Registers. While one is on its way it is that one; after a broken line the same is sent again, whatever was typed since. */
  readonly register: (body: B) => Promise<string>;
  /**
   * One press of the danger key: pushes with the registration, or, when a registration has left already, pushes the request
   * that it makes. Never a second request. The same attempt may be made again and again.
   */
  readonly push: (body: B) => () => Promise<string>;
  /** What was sent last, and may have arrived; what was typed since must follow as an addition. */
  readonly sent: () => B | null;
};

/**
 * Keeps a form to one request: a registration in flight and the danger key must not make two (P3 asks for the push, P1 for
 * one record of it). `left` = how far an earlier page came with it: what it made is never registered again. Errors: those of the ways.
 * @source nmg:2.2.1
 */
export function registerOnce<B extends Body>(ways: Ways<B>, left: Progress<B> = { open: null, made: null }): Once<B> {
  let open = left.made === null ? left.open : null;
  let running: Promise<string> | null = null;
  let made: string | null = left.made?.no ?? null;
  let sent: B | null = left.made?.body ?? open?.body ?? null;

  const send = (one: Open<B>): Promise<string> => {
    open = one;
    sent = one.body;
    ways.onChange({ open: one, made: null }, true);
    const run = ways.register(one.body, one.key).then(
      ({ requestNo }) => {
        made = requestNo;
        running = null;
        open = null;
        ways.onChange({ open: null, made: { no: requestNo, body: one.body } }, false);
        return requestNo;
      },
      (failure: unknown) => {
        running = null;
        if (!ways.isUncertain(failure)) open = null;
        ways.onChange({ open, made: null }, false);
        throw failure;
      },
    );
    running = run;
    return run;
  };
  const register = (body: B): Promise<string> => {
    if (made !== null) return Promise.resolve(made);
    return running ?? send(open ?? { body, key: ways.newKey() });
  };
  return {
    register,
    push: (body) => {
      const keys = { registration: ways.newKey(), danger: ways.newKey() };
      return async () => {
        if (made === null && running === null && open === null) {
          return send({ body: { ...body, danger: true }, key: keys.registration });
        }
        const pushed = open?.body.danger === true || (made !== null && sent?.danger === true);
        const no = await register(body);
        if (!pushed) await ways.pushDanger(no, keys.danger);
        return no;
      };
    },
    sent: () => sent,
  };
}

/** What the server answered in place of what was asked for. `code` is stable; `message` is for people, in English. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly param: string | null;
  readonly requestId: string | null;
  /** Seconds after which a retry makes sense, if the server said so. */
  readonly retryAfter: number | null;
  /** Whose budget refused, and when it begins anew; null where it was not a budget. */
  readonly budgetScope: string | null;
  readonly budgetResetsAt: string | null;
  /** The whole error object, for codes that carry fields of their own. */
  readonly details: Record<string, unknown>;

  constructor(status: number, details: Record<string, unknown>, headers?: Headers) {
    super(text(details['message']) ?? `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.details = details;
    this.code = text(details['code']) ?? (status === 0 ? 'unreachable' : 'unknown');
    this.param = text(details['param']);
    this.requestId = text(details['request_id']) ?? headers?.get('x-request-id') ?? null;
    const after = Number(headers?.get('retry-after') ?? Number.NaN);
    this.retryAfter = Number.isFinite(after) ? after : null;
    this.budgetScope = headers?.get('x-budget-scope') ?? null;
    this.budgetResetsAt = headers?.get('x-budget-resets-at') ?? null;
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Makes an error of whatever a failed answer carried; proxies in between answer HTML, or nothing. */
export async function errorOf(response: Response): Promise<ApiError> {
  let details: Record<string, unknown> = {};
  try {
    const body: unknown = await response.clone().json();
    if (typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object' && body.error !== null) {
      details = body.error as Record<string, unknown>;
    }
  } catch {
    // Not JSON: the status has to do.
  }
  return new ApiError(response.status, details, response.headers);
}

/** Anything thrown, or told of a part that failed, as an ApiError: a request that never got an answer is `unreachable`. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) {
    return error;
  }
  if (typeof error === 'object' && error !== null && !(error instanceof Error) && 'code' in error) {
    return new ApiError(200, { ...error });
  }
  return new ApiError(0, { message: error instanceof Error ? error.message : String(error), code: error instanceof TypeError ? 'unreachable' : 'unknown' });
}

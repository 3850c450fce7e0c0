import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { asApiError, type ApiError } from '@/lib/errors';
import { frames } from '@/lib/frames';
import { cancelRun, followRun } from '../api/runs';
import { after, BEGUN, type LiveRun } from './events';

export interface Following {
  runId: string | null;
  live: LiveRun | null;
  error: ApiError | null;
}

const NOTHING: Following = { runId: null, live: null, error: null };

/**
 * Follows one run of a conversation and keeps what it has told, drawn at most once a frame. Leaving the page leaves the run
 * going; coming back follows it from its beginning.
 */
export function useRun(conversationId: string | undefined) {
  const queries = useQueryClient();
  const [following, setFollowing] = useState<Following>(NOTHING);
  const abort = useRef<AbortController | null>(null);

  const forget = useCallback(() => {
    abort.current?.abort();
    abort.current = null;
    setFollowing(NOTHING);
  }, []);
  useEffect(() => forget, [conversationId, forget]);

  const follow = useCallback(
    async (runId: string) => {
      abort.current?.abort();
      const controller = new AbortController();
      abort.current = controller;
      let live = BEGUN;
      const drawing = frames(() => setFollowing({ runId, live, error: null }));
      drawing.request();
      try {
        await followRun(
          runId,
          (event) => {
            live = after(live, event);
            drawing.request();
          },
          controller.signal,
        );
        drawing.flush();
      } catch (error) {
        drawing.cancel();
        if (!controller.signal.aborted) {
          setFollowing({ runId, live, error: asApiError(error) });
        }
        return;
      }
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['conversation', conversationId] }),
        queries.invalidateQueries({ queryKey: ['conversations'] }),
        queries.invalidateQueries({ queryKey: ['conversation-runs', conversationId] }),
      ]);
      // An answer that is stored is drawn from the conversation from now on; a failure stays in sight.
      if (live.status === 'done') {
        setFollowing(NOTHING);
      }
    },
    [conversationId, queries],
  );

  const stop = useCallback(async () => {
    if (following.runId !== null) {
      await cancelRun(following.runId);
    }
  }, [following.runId]);

  return { ...following, follow, stop, forget };
}

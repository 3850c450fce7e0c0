import { useMutation, useQuery } from '@tanstack/react-query';
import { errorOf } from '@/lib/errors';
import { acceptInvitation } from '@/lib/session';

export interface Invitation {
  username: string;
  email: string;
  purpose: 'invitation' | 'password_reset';
  expires_at: string;
}

/** Whom the link is for. Asked without a session: the link is the credential. */
export function useInvitation(token: string) {
  return useQuery({
    queryKey: ['invitation'],
    gcTime: 0,
    staleTime: Infinity,
    queryFn: async (): Promise<Invitation> => {
      const response = await fetch(`/api/v1/invitations/${encodeURIComponent(token)}`, { referrerPolicy: 'no-referrer' });
      if (!response.ok) {
        throw await errorOf(response);
      }
      return (await response.json()) as Invitation;
    },
  });
}

export function useAcceptInvitation(token: string) {
  return useMutation({ mutationFn: (password: string) => acceptInvitation(token, password), gcTime: 0 });
}

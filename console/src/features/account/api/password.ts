import { useMutation } from '@tanstack/react-query';
import { control, dataOf } from '@/lib/api';

export interface NewPassword {
  current_password: string;
  new_password: string;
}

/** Changes the person's own password; every other session of theirs ends. Neither password is kept afterwards. */
export function useChangePassword() {
  return useMutation({ mutationFn: (body: NewPassword) => dataOf(control.POST('/api/v1/auth/password', { body })), gcTime: 0 });
}

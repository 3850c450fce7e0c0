import { useQuery } from '@tanstack/react-query';
import { control, dataOf } from './api';

/** Who the person is, with their teams. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: () => dataOf(control.GET('/api/v1/auth/me')) });
}

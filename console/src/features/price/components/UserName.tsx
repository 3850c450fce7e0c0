import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { control, dataOf } from '@/lib/api';

/** Who an id belongs to; somebody who is gone is said to be. */
export function UserName({ id }: { id: string }) {
  const { t } = useTranslation('price');
  const { data, isError } = useQuery({
    queryKey: ['users', 'name', id],
    queryFn: () => dataOf(control.GET('/api/v1/users/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  });
  return <span className="break-anywhere">{data?.username ?? (isError ? t('userGone') : '…')}</span>;
}

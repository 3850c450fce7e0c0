import { Button, Popconfirm, Tag, Typography } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { useKeysOf, useRevoke } from '../api/belongings';

/** The caller keys of somebody; an administrator can revoke them. */
export function UserKeys({ user }: { user: string }) {
  const { t } = useTranslation('user');
  const format = useFormat();
  const keys = useKeysOf(user);
  const revoking = useRevoke();
  if (keys.isError && keys.data === undefined) {
    return <ErrorState error={keys.error} retry={() => void keys.refetch()} />;
  }
  return (
    <>
      {revoking.isError && <ErrorState error={revoking.error} />}
      {keys.data?.data.length === 0 && <Typography.Text type="secondary">{t('noKeys')}</Typography.Text>}
      <ul className="user-list">
        {keys.data?.data.map((key) => (
          <li key={key.id}>
            <span>
              <Link to="/admin/calls" search={{ caller_key_id: key.id }}>
                {key.name}
              </Link>{' '}
              <Typography.Text code>{key.hint}</Typography.Text>
              <br />
              <Typography.Text type="secondary">{key.last_used_at === null ? t('neverUsed') : t('lastUsed', { when: format.relative(key.last_used_at) })}</Typography.Text>
            </span>
            {key.status === 'active' ? (
              <Popconfirm title={t('revokeTitle', { name: key.name })} description={t('revokeText')} okText={t('revoke')} okButtonProps={{ danger: true }} onConfirm={() => revoking.mutateAsync(key.id).catch(() => undefined)}>
                <Button size="small" danger type="text" aria-label={t('revokeOf', { name: key.name })}>
                  {t('revoke')}
                </Button>
              </Popconfirm>
            ) : (
              <Tag>{t(`keyStatus.${key.status}`)}</Tag>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

import { FileTextOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BodyPolicyDialog } from '@/components/body/BodyPolicyDialog';
import { DeleteByName } from '@/components/DeleteByName';
import { ErrorState } from '@/components/ErrorState';
import { IconAction } from '@/components/talk/IconAction';
import { useKeyPolicies, type PolicySubject } from '@/lib/bodyPolicies';
import { useFormat } from '@/lib/format';
import { isLost } from '@/lib/query';
import { useKeysOf, useRevoke } from '../api/belongings';

/** The caller keys of somebody; an administrator can revoke them, and say whether what their calls send is kept. */
export function UserKeys({ user }: { user: string }) {
  const { t } = useTranslation(['user', 'bodypolicy']);
  const format = useFormat();
  const keys = useKeysOf(user);
  const policies = useKeyPolicies();
  const revoking = useRevoke();
  const [revoked, setRevoked] = useState<{ id: string; name: string } | null>(null);
  const [keeping, setKeeping] = useState<{ subject: PolicySubject; open: boolean } | null>(null);
  if (isLost(keys)) {
    return <ErrorState error={keys.error} retry={() => void keys.refetch()} />;
  }
  return (
    <>
      {keys.data?.data.length === 0 && <Typography.Text type="secondary">{t('noKeys')}</Typography.Text>}
      <ul className="user-list">
        {keys.data?.data.map((key) => {
          const policy = policies.data?.get(key.id);
          return (
            <li key={key.id}>
              <span>
                <Link to="/admin/calls" search={{ caller_key_id: key.id }}>
                  {key.name}
                </Link>{' '}
                <Typography.Text code>{key.hint}</Typography.Text>
                <br />
                <Typography.Text type="secondary">{key.last_used_at === null ? t('neverUsed') : t('lastUsed', { when: format.relative(key.last_used_at) })}</Typography.Text>
                {policy !== undefined && (
                  <>
                    <br />
                    <Typography.Text type="secondary">{t(`bodypolicy:kept.${policy}`)}</Typography.Text>
                  </>
                )}
              </span>
              {key.status === 'active' ? (
                <Space size={0}>
                  <IconAction
                    icon={<FileTextOutlined />}
                    label={t('bodypolicy:of', { name: key.name })}
                    onClick={() => setKeeping({ subject: { scope: 'caller_key', id: key.id, name: key.name }, open: true })}
                  />
                  <Button size="small" danger type="text" aria-label={t('revokeOf', { name: key.name })} onClick={() => setRevoked(key)}>
                    {t('revoke')}
                  </Button>
                </Space>
              ) : (
                <Tag>{t(`keyStatus.${key.status}`)}</Tag>
              )}
            </li>
          );
        })}
      </ul>
      <DeleteByName
        of={revoked}
        nameOf={({ name }) => name}
        title={t('revokeTitle', { name: revoked?.name ?? '' })}
        consequence={t('revokeText')}
        action={t('revoke')}
        done={t('keyStatus.revoked')}
        busy={revoking.isPending}
        onDelete={({ id }, then) => revoking.mutate(id, then)}
        onClose={() => setRevoked(null)}
      />
      {keeping !== null && <BodyPolicyDialog key={keeping.subject.id} subject={keeping.subject} open={keeping.open} onClose={() => setKeeping({ ...keeping, open: false })} />}
    </>
  );
}

import { Link } from '@tanstack/react-router';
import { Drawer, Skeleton, Space, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { isLost } from '@/lib/query';
import { useTeam } from '../api/teams';
import { Members } from './Members';

/** One team: its members, and where to read on about its money. */
export function TeamDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('team');
  const team = useTeam(id);
  const shown = team.data?.id === id ? team.data : undefined;
  return (
    <Drawer open={id !== undefined} onClose={onClose} size={560} title={shown?.name ?? t('team')} destroyOnHidden>
      {isLost(team) && <ErrorState error={team.error} retry={() => void team.refetch()} />}
      {shown === undefined && !isLost(team) && <Skeleton active />}
      {shown !== undefined && (
        <>
          {shown.description !== '' && <Typography.Paragraph className="break-anywhere">{shown.description}</Typography.Paragraph>}
          <Space size="middle" wrap style={{ marginBottom: 16 }}>
            <Link to="/admin/usage" search={{ team_id: shown.id, by: 'user' }}>
              {t('usage')}
            </Link>
            <Link to="/admin/calls" search={{ team_id: shown.id }}>
              {t('calls')}
            </Link>
            <Link to="/admin/budgets" search={{ scope: 'team', subject_id: shown.id }}>
              {t('budgets')}
            </Link>
          </Space>
          <Members team={shown} />
        </>
      )}
    </Drawer>
  );
}

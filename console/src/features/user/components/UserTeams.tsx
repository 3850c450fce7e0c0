import { Alert, Button, Select, Space, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { TeamPicker } from '@/components/pickers';
import { isLost } from '@/lib/query';
import { useMembership, useTeamsOf } from '../api/teams';
import { useChangeUser, type User } from '../api/users';

/** The teams of somebody, and which of them pays. */
export function UserTeams({ user }: { user: User }) {
  const { t } = useTranslation('user');
  const { t: common } = useTranslation();
  const textOf = useErrorText();
  const teams = useTeamsOf(user.id);
  const membership = useMembership(user.id);
  const paying = useChangeUser();
  const failed = membership.error ?? paying.error;
  if (isLost(teams)) {
    return <ErrorState error={teams.error} retry={() => void teams.refetch()} />;
  }
  return (
    <>
      {failed !== null && <Alert type="error" showIcon title={textOf(failed)} style={{ marginBottom: 12 }} />}
      <ul className="user-list">
        {teams.data?.data.map((team) => (
          <li key={team.id}>
            <Space>
              <Typography.Text>{team.name}</Typography.Text>
              {team.id === user.team_id && <Tag color="success">{t('pays')}</Tag>}
            </Space>
            {!team.is_default && (
              <Button size="small" type="text" loading={membership.isPending && membership.variables.team === team.id} onClick={() => membership.mutate({ team: team.id, join: false })}>
                {t('leave')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Space wrap>
        <TeamPicker label={t('addTeam')} style={{ width: 200 }} value={undefined} onChange={(team) => team !== undefined && membership.mutate({ team, join: true })} />
        {(teams.data?.data.length ?? 0) > 1 && (
          <Select
            aria-label={t('payingTeam')}
            prefix={t('payingTeam')}
            value={user.team_id}
            loading={paying.isPending}
            style={{ minWidth: 220 }}
            options={teams.data?.data.map((team) => ({ value: team.id, label: team.name })) ?? []}
            onChange={(team: string) => paying.mutate({ id: user.id, fields: { team_id: team } })}
          />
        )}
      </Space>
      <Typography.Paragraph type="secondary" style={{ margin: '8px 0 0' }}>
        {teams.isPending ? common('state.loading') : t('payingTeamHelp')}
      </Typography.Paragraph>
    </>
  );
}

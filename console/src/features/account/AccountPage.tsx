import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Card, Col, Descriptions, Row, Skeleton, Space, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { PageHeader } from '@/components/PageHeader';
import { AppearanceSwitch, LanguageSwitch } from '@/components/Switches';
import { useMe } from '@/lib/me';
import { isLost } from '@/lib/query';
import { logout } from '@/lib/session';
import { PasswordForm } from './components/PasswordForm';

/** Who I am, my password, and how the console looks. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const leave = async () => {
    try {
      await logout();
    } finally {
      queries.clear();
      await navigate({ to: '/login' });
    }
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <Button danger onClick={() => void leave()}>
            {t('logout')}
          </Button>
        }
      />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={12}>
          <Card title={<h2 className="card-title">{t('who')}</h2>}>
            {me.isPending ? (
              <Skeleton active title={false} />
            ) : isLost(me) ? (
              <ErrorState error={me.error} retry={() => void me.refetch()} />
            ) : (
              <Descriptions
                column={1}
                items={[
                  { key: 'name', label: t('username'), children: <span className="break-anywhere">{me.data.username}</span> },
                  { key: 'email', label: t('email'), children: <span className="break-anywhere">{me.data.email}</span> },
                  { key: 'role', label: t('role'), children: t(`roleOf.${me.data.role}`) },
                  {
                    key: 'teams',
                    label: t('teams'),
                    children: (
                      <Space wrap size={[6, 6]}>
                        {me.data.teams.map((team) => (
                          <Tag key={team.id} color={team.id === me.data.team.id ? 'processing' : 'default'} style={{ marginInlineEnd: 0 }}>
                            {team.name}
                            {team.role === 'lead' && ` · ${t('teamLead')}`}
                            {team.id === me.data.team.id && me.data.teams.length > 1 && ` · ${t('pays')}`}
                          </Tag>
                        ))}
                      </Space>
                    ),
                  },
                ]}
              />
            )}
          </Card>
          <Card title={<h2 className="card-title">{t('looks')}</h2>} style={{ marginTop: 16 }}>
            <Space wrap style={{ marginInlineStart: -15 }}>
              <LanguageSwitch />
              <AppearanceSwitch />
            </Space>
            <Typography.Paragraph type="secondary" style={{ margin: '8px 0 0' }}>
              {t('looksText')}
            </Typography.Paragraph>
          </Card>
        </Col>
        <Col xs={24} lg={12}>
          <Card title={<h2 className="card-title">{t('password')}</h2>}>
            <PasswordForm />
          </Card>
          <Card title={<h2 className="card-title">{t('memory')}</h2>} style={{ marginTop: 16 }}>
            <Typography.Paragraph type="secondary">{t('memoryText')}</Typography.Paragraph>
            <LinkButton to="/facts">{t('memoryShow')}</LinkButton>
          </Card>
        </Col>
      </Row>
    </>
  );
}

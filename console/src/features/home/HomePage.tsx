import { CommentOutlined, KeyOutlined } from '@ant-design/icons';
import { Col, Row, Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/components/LinkButton';
import { PageHeader } from '@/components/PageHeader';
import { useUser } from '@/lib/session';
import { BudgetsCard } from './components/BudgetsCard';
import { NextStep } from './components/NextStep';
import { UsageCards } from './components/UsageCards';

// The table comes after the numbers: it would make half of the first load, and is below the fold.
const RecentCalls = lazy(async () => ({ default: (await import('./components/RecentCalls')).RecentCalls }));

/** What matters to this person at a glance. */
export function HomePage() {
  const { t } = useTranslation('home');
  const user = useUser();
  return (
    <>
      <PageHeader
        title={t('title', { name: user.username })}
        description={t('lead')}
        actions={
          <>
            <LinkButton to="/keys" search={{ create: true }} icon={<KeyOutlined />}>
              {t('makeKey')}
            </LinkButton>
            <LinkButton to="/chat" color="primary" variant="solid" icon={<CommentOutlined />}>
              {t('chat')}
            </LinkButton>
          </>
        }
      />
      <NextStep isAdmin={user.role === 'admin'} />
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={15}>
          <UsageCards />
        </Col>
        <Col xs={24} xl={9}>
          <BudgetsCard />
        </Col>
        <Col span={24}>
          <Suspense fallback={<Skeleton active />}>
            <RecentCalls />
          </Suspense>
        </Col>
      </Row>
    </>
  );
}

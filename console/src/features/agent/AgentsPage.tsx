import { BulbOutlined, PlusOutlined } from '@ant-design/icons';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Col, Input, Pagination, Row, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { PageHeader } from '@/components/PageHeader';
import { isLost } from '@/lib/query';
import { useAgents } from './api/agents';
import { AgentCard } from './components/AgentCard';
import { Examples } from './components/Examples';
import { ImportButton } from './components/ImportButton';

const PAGE_SIZE = 24;
const route = getRouteApi('/app/agents');

/** The agents that a person may use, and how to make one. */
export function AgentsPage() {
  const { t } = useTranslation('agent');
  const { q, page = 1 } = route.useSearch();
  const navigate = useNavigate({ from: '/agents' });
  const agents = useAgents(q, page);
  const none = agents.data?.total === 0;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <>
            <LinkButton to="/facts" icon={<BulbOutlined />}>
              {t('remembered')}
            </LinkButton>
            <ImportButton />
            <LinkButton to="/agents/new" color="primary" variant="solid" icon={<PlusOutlined />}>
              {t('new')}
            </LinkButton>
          </>
        }
      />
      <div className="filters">
        <Input.Search
          allowClear
          defaultValue={q}
          placeholder={t('search')}
          aria-label={t('search')}
          style={{ maxWidth: 320 }}
          onSearch={(text) => void navigate({ search: text === '' ? {} : { q: text } })}
        />
      </div>
      {isLost(agents) && <ErrorState error={agents.error} retry={() => void agents.refetch()} />}
      {agents.isPending && <Skeleton active />}
      {none && q !== undefined && <EmptyState title={t('noneFound')} description={t('noneFoundText')} />}
      {none && q === undefined && <EmptyState title={t('none')} description={t('noneText')} />}
      <Row gutter={[16, 16]}>
        {agents.data?.data.map((agent) => (
          <Col key={agent.id} xs={24} md={12} xl={8} style={{ display: 'flex' }}>
            <AgentCard agent={agent} />
          </Col>
        ))}
      </Row>
      {(agents.data?.total ?? 0) > PAGE_SIZE && (
        <Pagination
          style={{ marginTop: 16 }}
          current={page}
          pageSize={PAGE_SIZE}
          total={agents.data?.total ?? 0}
          showSizeChanger={false}
          onChange={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        />
      )}
      <Examples />
    </>
  );
}

import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteByName } from '@/components/DeleteByName';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useErrorText } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { SubjectPicker } from '@/components/SubjectPicker';
import { useBudgetName } from '@/components/useBudgetName';
import { cleaned } from '@/lib/cleaned';
import { useBudgets, useDeleteBudget, useSaveBudget, useTopUp, type Budget } from './api/budgets';
import { BudgetForm } from './components/BudgetForm';
import { TopUpForm } from './components/TopUpForm';
import { useBudgetColumns, type Act } from './components/useBudgetColumns';
import { SCOPES, STATUSES, type BudgetSearch } from './search';
import './components/budget.css';

const route = getRouteApi('/app/admin/budgets');

/** How much may be spent, by whom, and how much of it is left. */
export function BudgetsPage() {
  const { t } = useTranslation('budget');
  const { t: common } = useTranslation();
  const { message } = App.useApp();
  const textOf = useErrorText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const nameOf = useBudgetName();
  const budgets = useBudgets(search);
  const saving = useSaveBudget();
  const toggling = useSaveBudget();
  const toppingUp = useTopUp();
  const deleting = useDeleteBudget();
  const [act, setAct] = useState<{ act: Act | 'create'; budget: Budget | null } | null>(null);
  const budget = act?.budget ?? null;

  const show = (next: BudgetSearch) => void navigate({ search: (before) => cleaned({ ...before, page: undefined, ...next }), replace: true });
  const close = () => {
    setAct(null);
    saving.reset();
    toppingUp.reset();
  };
  const done = (text: string) => {
    message.success(text);
    close();
  };
  const failed = (error: unknown) => message.error(textOf(error));
  const toggle = (of: Budget) =>
    toggling.mutate({ budget: of, fields: { status: of.status === 'enabled' ? 'disabled' : 'enabled' } }, { onSuccess: () => message.success(common('state.saved')), onError: failed });
  const columns = useBudgetColumns((next, of) => (next === 'toggle' ? toggle(of) : setAct({ act: next, budget: of })));
  const filtered = search.scope !== undefined || search.status !== undefined;
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAct({ act: 'create', budget: null })}>
      {t('create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} actions={create} />
      <div className="filters">
        <Select
          allowClear
          aria-label={t('for')}
          placeholder={t('for')}
          value={search.scope}
          style={{ minWidth: 150 }}
          options={SCOPES.map((value) => ({ value, label: common(`subject.${value}`) }))}
          onChange={(scope) => show({ scope, subject_id: undefined })}
        />
        {search.scope !== undefined && search.scope !== 'organisation' && (
          <SubjectPicker kind={search.scope} label={common(`subject.${search.scope}`)} value={search.subject_id} onChange={(subject) => show({ subject_id: subject })} />
        )}
        <Select allowClear aria-label={t('status')} placeholder={t('status')} value={search.status} style={{ minWidth: 110 }} options={STATUSES.map((value) => ({ value, label: common(`state.${value}`) }))} onChange={(status) => show({ status })} />
      </div>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={budgets.data?.data}
        rowKey={(row) => row.id}
        loading={budgets.isPending}
        error={budgets.error}
        retry={() => void budgets.refetch()}
        empty={filtered ? <EmptyState title={t('notFound')} action={create} /> : <EmptyState title={t('none')} description={t('noneHint')} action={create} />}
        paging={{ page: search.page ?? 1, total: budgets.data?.total ?? 0, onPage: (page) => show({ page }) }}
        minWidth={1000}
      />
      <BudgetForm
        open={act?.act === 'create' || act?.act === 'edit'}
        edited={act?.act === 'edit' ? budget : null}
        preset={search}
        busy={saving.isPending}
        error={saving.error}
        onCancel={close}
        onSubmit={(fields) => saving.mutate({ budget, fields }, { onSuccess: () => done(common('state.saved')) })}
      />
      <TopUpForm
        budget={act?.act === 'topUp' ? (budgets.data?.data.find(({ id }) => id === budget?.id) ?? budget) : null}
        busy={toppingUp.isPending}
        error={toppingUp.error}
        onCancel={close}
        onSubmit={(amount) => budget !== null && toppingUp.mutate({ budget, amount }, { onSuccess: () => done(t('topUpDone')) })}
      />
      <DeleteByName
        of={act?.act === 'delete' ? budget : null}
        nameOf={nameOf}
        title={t('deleteTitle')}
        consequence={t('deleteText')}
        busy={deleting.isPending}
        onDelete={(gone, then) => deleting.mutate(gone, then)}
        onClose={close}
      />
    </>
  );
}

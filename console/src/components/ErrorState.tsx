import { Alert, Button, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { itemOf } from '@/config/navigation';
import { asApiError, type ApiError } from '@/lib/errors';
import { LinkButton } from './LinkButton';

/** What went wrong, in the language of the page where the code is known, else in the server's words. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors');
  return (thrown) => {
    const error = asApiError(thrown);
    return i18n.exists(`errors:${error.code}`) ? t(error.code, { ...error.details, param: error.param ?? '', seconds: error.retryAfter ?? '' }) : error.message;
  };
}

interface Props {
  error: unknown;
  retry?: () => void;
  /** The list that the page belongs to: what is gone comes back by no retry, so that is offered instead. */
  list?: '/agents' | '/admin/models' | '/admin/calls';
}

/** In place of what could not be loaded: what happened, what to do, and the id to give to an administrator. */
export function ErrorState({ error, retry, list }: Props) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const known: ApiError = asApiError(error);
  const gone = known.status === 404;
  const page = list === undefined ? undefined : itemOf(list);
  return (
    <Alert
      type="error"
      showIcon
      title={textOf(known)}
      description={
        known.requestId !== null && (
          <Typography.Text type="secondary" className="break-anywhere">
            {t('error.requestId', { id: known.requestId })}
          </Typography.Text>
        )
      }
      action={
        gone && page !== undefined ? (
          <LinkButton to={page.path} size="small">
            {t(`nav.${page.label}`)}
          </LinkButton>
        ) : (
          retry !== undefined &&
          !gone && (
            <Button size="small" onClick={retry}>
              {t('action.retry')}
            </Button>
          )
        )
      }
    />
  );
}

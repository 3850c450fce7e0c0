import { createLink } from '@tanstack/react-router';
import { Button, type ButtonProps } from 'antd';
import type { Ref } from 'react';

function Anchor({ ref, ...props }: ButtonProps & { ref?: Ref<HTMLButtonElement | HTMLAnchorElement> }) {
  return <Button {...props} {...(ref === undefined ? {} : { ref })} />;
}

/**
 * A link that looks like a button: one element, one stop of the tab key, and it opens in a new tab where asked to. Say how
 * it looks by `color` and `variant`; the router keeps `type` for itself.
 */
export const LinkButton = createLink(Anchor);

import { useMutation } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';

export type KeptBodies = Control['KeptBodies'];

/** Reads what a call sent and was answered. Each reading is audited: it is an act, never asked again by itself, and cached nowhere. */
export function useReadBodies(id: string) {
  return useMutation({
    gcTime: 0,
    mutationFn: () => dataOf(control.GET('/api/v1/usage/records/{id}/bodies', { params: { path: { id } } })),
  });
}

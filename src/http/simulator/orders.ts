import { type Endpoint, type Moment, momentOf, type Order } from './faults.ts';

/** The failures that wait to happen, the oldest first. */
export interface Orders {
  add(order: Order): void;
  /** Takes the next order due at this moment of a request, and counts it off; null when none is. */
  take(endpoint: Endpoint, moment: Moment, about: { clientId?: string; code?: string }): Order | null;
  /** Tells whether an order waits, without counting it off. */
  waits(endpoint: Endpoint, moment: Moment, about: { clientId?: string }): boolean;
  list(): readonly Omit<Order, 'code'>[];
  reset(): void;
}

// Orders for a code that nobody redeems stay; the oldest make room.
const mostOrders = 10_000;

/** Makes an empty list of orders. */
export function createOrders(): Orders {
  let waiting: Order[] = [];
  const find = (
    endpoint: Endpoint,
    moment: Moment,
    about: { clientId?: string; code?: string },
  ): Order | undefined =>
    waiting.find(
      (order) =>
        order.endpoint === endpoint &&
        momentOf(order) === moment &&
        (order.clientId === undefined || order.clientId === about.clientId) &&
        (order.code === undefined || order.code === about.code),
    );
  return {
    add(order) {
      waiting.push({ ...order });
      if (waiting.length > mostOrders) waiting.shift();
    },
    take(endpoint, moment, about) {
      const order = find(endpoint, moment, about);
      if (order === undefined) return null;
      order.times -= 1;
      if (order.times === 0) waiting = waiting.filter((one) => one !== order);
      return order;
    },
    waits: (endpoint, moment, about) => find(endpoint, moment, about) !== undefined,
    list: () => waiting.map(({ code: _code, ...order }) => order),
    reset: () => {
      waiting = [];
    },
  };
}

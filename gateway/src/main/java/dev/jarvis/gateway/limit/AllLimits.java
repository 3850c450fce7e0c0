package dev.jarvis.gateway.limit;

import io.vertx.core.Context;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Several limits as one. */
record AllLimits(List<Limits> limits) implements Limits {
    AllLimits {
        limits = List.copyOf(limits);
    }

    @Override
    public void reserve(Demand demand, Context loop, Consumer<Decision> then) {
        next(demand, loop, then, List.of());
    }

    @Override
    public boolean isLoaded() {
        return limits.stream().allMatch(Limits::isLoaded);
    }

    private void next(Demand demand, Context loop, Consumer<Decision> then, List<Reservation> reserved) {
        int asked = reserved.size();
        if (asked == limits.size()) {
            then.accept(new Decision.Reserved(asked == 1 ? reserved.getFirst() : new AllReserved(reserved)));
            return;
        }
        limits.get(asked).reserve(demand, loop, decision -> {
            switch (decision) {
                case Decision.Reserved(Reservation reservation) -> {
                    List<Reservation> more = new ArrayList<>(reserved);
                    more.add(reservation);
                    next(demand, loop, then, more);
                }
                case Decision.Refused refused -> {
                    reserved.forEach(Reservation::end);
                    then.accept(refused);
                }
            }
        });
    }

    private record AllReserved(List<Reservation> parts) implements Reservation {
        @Override
        public OptionalLong outputCap() {
            for (Reservation part : parts) {
                if (part.outputCap().isPresent()) {
                    return part.outputCap();
                }
            }
            return OptionalLong.empty();
        }

        @Override
        public List<BudgetClaim> claims() {
            List<BudgetClaim> all = new ArrayList<>();
            for (Reservation part : parts) {
                all.addAll(part.claims());
            }
            return all;
        }

        @Override
        public void headers(BiConsumer<CharSequence, CharSequence> to) {
            for (Reservation part : parts) {
                part.headers(to);
            }
        }

        @Override
        public void spent(Spent spent) {
            for (Reservation part : parts) {
                part.spent(spent);
            }
        }

        @Override
        public void end() {
            for (Reservation part : parts) {
                part.end();
            }
        }
    }
}

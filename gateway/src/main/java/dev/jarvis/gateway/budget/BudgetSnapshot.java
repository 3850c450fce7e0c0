package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.platform.money.ExchangeRates;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Every enabled budget, by whom it binds. Immutable; replaced as a whole. */
final class BudgetSnapshot {
    private final List<Budget> all;
    private final List<Budget> organisation = new ArrayList<>();
    private final Map<BudgetScope, Map<UUID, List<Budget>>> bySubject = new EnumMap<>(BudgetScope.class);
    private final ExchangeRates rates;

    BudgetSnapshot(List<Budget> budgets, ExchangeRates rates) {
        this.all = List.copyOf(budgets);
        this.rates = rates;
        for (Budget budget : all) {
            budget.subjectId()
                    .ifPresentOrElse(
                            subject -> bySubject
                                    .computeIfAbsent(budget.scope(), scope -> new HashMap<>())
                                    .computeIfAbsent(subject, id -> new ArrayList<>())
                                    .add(budget),
                            () -> organisation.add(budget));
        }
    }

    ExchangeRates rates() {
        return rates;
    }

    Set<UUID> ids() {
        return all.stream().map(Budget::id).collect(Collectors.toSet());
    }

    /** The budgets that a request is charged to: organisation, team, user, caller key, model. */
    List<Budget> binding(Demand demand) {
        if (bySubject.isEmpty()) {
            return organisation;
        }
        List<Budget> binding = organisation;
        for (Map.Entry<BudgetScope, Map<UUID, List<Budget>>> scope : bySubject.entrySet()) {
            Optional<UUID> subject = scope.getKey().subject(demand);
            List<Budget> found =
                    subject.isPresent() ? scope.getValue().getOrDefault(subject.get(), List.of()) : List.of();
            if (!found.isEmpty()) {
                binding = binding.isEmpty() ? found : joined(binding, found);
            }
        }
        return binding;
    }

    private static List<Budget> joined(List<Budget> first, List<Budget> second) {
        List<Budget> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}

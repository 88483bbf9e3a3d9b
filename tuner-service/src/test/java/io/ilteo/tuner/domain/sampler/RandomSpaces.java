package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Condition;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.Domain.CategoricalDomain;
import io.ilteo.tuner.domain.space.Domain.ConstantDomain;
import io.ilteo.tuner.domain.space.Domain.DiscreteDomain;
import io.ilteo.tuner.domain.space.Domain.DoubleDomain;
import io.ilteo.tuner.domain.space.Domain.IntegerDomain;
import io.ilteo.tuner.domain.space.LinearConstraint;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.space.ParameterValue.StringValue;
import io.ilteo.tuner.domain.space.Scale;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Search spaces of every kind of parameter, from a seed. */
final class RandomSpaces {
  private RandomSpaces() {}

  static SearchSpace of(long seed) {
    Random random = new Random(seed);
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(ParameterSpec.of("a", new DoubleDomain(0, 1, Scale.LINEAR, 0)));
    specs.add(ParameterSpec.of("b", new DoubleDomain(0, 1, Scale.LINEAR, 0)));
    specs.add(ParameterSpec.of("kind", new CategoricalDomain(List.of("x", "y", "z"))));
    int more = 1 + random.nextInt(4);
    for (int i = 0; i < more; i++) {
      Optional<Condition> condition =
          random.nextBoolean()
              ? Optional.of(
                  new Condition("kind", List.of(new StringValue(random.nextBoolean() ? "x" : "z"))))
              : Optional.empty();
      specs.add(new ParameterSpec("p" + i, domain(random), condition, Optional.empty()));
    }
    List<LinearConstraint> constraints =
        random.nextBoolean()
            ? List.of(new LinearConstraint(Map.of("a", 1.0, "b", 1.0), 1.2))
            : List.of();
    return new SearchSpace(specs, constraints);
  }

  private static Domain domain(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> new DoubleDomain(1e-5, 1e-1, Scale.LOG, 0);
      case 1 -> new DoubleDomain(-1, 1, Scale.LINEAR, 0.3);
      case 2 -> new IntegerDomain(-3, 9, Scale.LINEAR, 1 + random.nextInt(4));
      case 3 -> new IntegerDomain(1, 1_000, Scale.LOG, 1);
      case 4 -> new DiscreteDomain(List.of(0.5, 1.0, 4.0));
      case 5 -> new ConstantDomain(new ParameterValue.IntegerValue(7));
      default -> new CategoricalDomain(List.of("p", "q"));
    };
  }
}

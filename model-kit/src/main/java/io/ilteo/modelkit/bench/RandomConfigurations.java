package io.ilteo.modelkit.bench;

import io.ilteo.proto.search.v1.DoubleDomain;
import io.ilteo.proto.search.v1.IntegerDomain;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.ParameterValue;
import io.ilteo.proto.search.v1.Scale;
import io.ilteo.proto.search.v1.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws configurations of a search space, uniformly on each parameter's own scale. */
public final class RandomConfigurations {
  private final SearchSpace space;
  private final SplittableRandom random;

  /** Draws from {@code space}. */
  public RandomConfigurations(SearchSpace space, long seed) {
    this.space = space;
    this.random = new SplittableRandom(seed);
  }

  /** The next configuration. */
  public List<Parameter> next() {
    List<Parameter> drawn = new ArrayList<>();
    for (ParameterSpec spec : space.getParametersList()) {
      drawn.add(Parameter.newBuilder().setName(spec.getName()).setValue(value(spec)).build());
    }
    return drawn;
  }

  private ParameterValue value(ParameterSpec spec) {
    ParameterValue.Builder value = ParameterValue.newBuilder();
    return switch (spec.getDomainCase()) {
      case DOUBLE_DOMAIN -> value.setDoubleValue(draw(spec.getDoubleDomain())).build();
      case INTEGER_DOMAIN -> value.setIntegerValue(draw(spec.getIntegerDomain())).build();
      case CATEGORICAL_DOMAIN ->
          value
              .setStringValue(
                  spec.getCategoricalDomain()
                      .getChoices(random.nextInt(spec.getCategoricalDomain().getChoicesCount())))
              .build();
      case DISCRETE_DOMAIN ->
          value
              .setDoubleValue(
                  spec.getDiscreteDomain()
                      .getValues(random.nextInt(spec.getDiscreteDomain().getValuesCount())))
              .build();
      case CONSTANT -> spec.getConstant();
      case DOMAIN_NOT_SET -> throw new IllegalArgumentException("no domain: " + spec.getName());
    };
  }

  private double draw(DoubleDomain domain) {
    if (domain.getScale() == Scale.SCALE_LOG) {
      double low = Math.log(domain.getMin());
      return Math.exp(low + random.nextDouble() * (Math.log(domain.getMax()) - low));
    }
    return domain.getMin() + random.nextDouble() * (domain.getMax() - domain.getMin());
  }

  private long draw(IntegerDomain domain) {
    long step = Math.max(1, domain.getStep());
    return domain.getMin() + step * random.nextLong((domain.getMax() - domain.getMin()) / step + 1);
  }
}

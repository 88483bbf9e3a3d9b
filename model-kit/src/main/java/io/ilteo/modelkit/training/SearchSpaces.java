package io.ilteo.modelkit.training;

import io.ilteo.proto.search.v1.CategoricalDomain;
import io.ilteo.proto.search.v1.Condition;
import io.ilteo.proto.search.v1.DoubleDomain;
import io.ilteo.proto.search.v1.IntegerDomain;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.ParameterValue;
import io.ilteo.proto.search.v1.Scale;
import java.util.List;

/** Parameters of architectures, in the words of the contract. */
public final class SearchSpaces {
  private SearchSpaces() {}

  /** A double on a linear scale. */
  public static ParameterSpec linear(
      String name, double min, double max, double fallback, String english, String korean) {
    return real(name, min, max, Scale.SCALE_LINEAR, fallback, english, korean);
  }

  /** A double on a logarithmic scale. */
  public static ParameterSpec logarithmic(
      String name, double min, double max, double fallback, String english, String korean) {
    return real(name, min, max, Scale.SCALE_LOG, fallback, english, korean);
  }

  private static ParameterSpec real(
      String name,
      double min,
      double max,
      Scale scale,
      double fallback,
      String english,
      String korean) {
    return ParameterSpec.newBuilder()
        .setName(name)
        .setDoubleDomain(DoubleDomain.newBuilder().setMin(min).setMax(max).setScale(scale))
        .setDefaultValue(ParameterValue.newBuilder().setDoubleValue(fallback))
        .setDescriptionEn(english)
        .setDescriptionKo(korean)
        .build();
  }

  /** An integer in steps. */
  public static ParameterSpec integer(
      String name, long min, long max, long step, long fallback, String english, String korean) {
    return ParameterSpec.newBuilder()
        .setName(name)
        .setIntegerDomain(
            IntegerDomain.newBuilder()
                .setMin(min)
                .setMax(max)
                .setStep(step)
                .setScale(Scale.SCALE_LINEAR))
        .setDefaultValue(ParameterValue.newBuilder().setIntegerValue(fallback))
        .setDescriptionEn(english)
        .setDescriptionKo(korean)
        .build();
  }

  /** One of several choices, the first of them the default. */
  public static ParameterSpec choice(
      String name, List<String> choices, String english, String korean) {
    return ParameterSpec.newBuilder()
        .setName(name)
        .setCategoricalDomain(CategoricalDomain.newBuilder().addAllChoices(choices))
        .setDefaultValue(ParameterValue.newBuilder().setStringValue(choices.getFirst()))
        .setDescriptionEn(english)
        .setDescriptionKo(korean)
        .build();
  }

  /** {@code parameter}, where {@code parent}, a choice, is {@code value}. */
  public static ParameterSpec when(ParameterSpec parameter, String parent, String value) {
    return parameter.toBuilder()
        .setCondition(
            Condition.newBuilder()
                .setParent(parent)
                .addValues(ParameterValue.newBuilder().setStringValue(value)))
        .build();
  }
}

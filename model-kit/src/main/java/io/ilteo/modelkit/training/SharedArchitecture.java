package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.Cell;
import io.ilteo.modelkit.recurrent.Encoder;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.recurrent.NetworkSpec.Embedding;
import io.ilteo.modelkit.recurrent.Optimiser;
import io.ilteo.modelkit.recurrent.Pooling;
import io.ilteo.modelkit.recurrent.Schedule;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network that every task can learn with: what can be searched of it, and what a configuration
 * means. A task adds its heads, and parameters of its own.
 */
public enum SharedArchitecture {
  /** LSTM layers, read at the last step. */
  LSTM(
      "lstm",
      "One to three LSTM layers, read at the last year; heads see the last year's inputs too.",
      "마지막 연도에서 읽는 1~3층 LSTM. 출력층은 마지막 연도의 입력도 본다."),
  /** GRU layers, read at the last step. */
  GRU(
      "gru",
      "One to three GRU layers, read at the last year; heads see the last year's inputs too.",
      "마지막 연도에서 읽는 1~3층 GRU. 출력층은 마지막 연도의 입력도 본다."),
  /** LSTM layers under additive attention. */
  ATTENTION_LSTM(
      "attention_lstm",
      "LSTM layers pooled by additive attention over the observed years.",
      "관측된 연도에 대한 가산 어텐션으로 요약하는 LSTM."),
  /** GRU layers under additive attention. */
  GRU_ATTENTION(
      "gru_attention",
      "GRU layers pooled by additive attention over the observed years.",
      "관측된 연도에 대한 가산 어텐션으로 요약하는 GRU."),
  /** Blocks of a transformer's encoder. */
  TRANSFORMER(
      "transformer",
      "Self-attention over the observed years (encoder blocks of a transformer).",
      "관측된 연도에 대한 셀프 어텐션(트랜스포머 인코더).");

  private static final int HEAD_UNITS = 32;
  private static final int FEED_FORWARD_FACTOR = 2;
  private static final String YES = "yes";

  private final String id;
  private final String english;
  private final String korean;

  SharedArchitecture(String id, String english, String korean) {
    this.id = id;
    this.english = english;
    this.korean = korean;
  }

  /** The name by which studies ask for it. */
  public String id() {
    return id;
  }

  /**
   * The architecture of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SharedArchitecture named(String id) {
    for (SharedArchitecture each : values()) {
      if (each.id.equals(id)) {
        return each;
      }
    }
    throw new IllegalArgumentException("no architecture " + id);
  }

  /** What a task offers, with {@code more} parameters of the task's own. */
  public Architecture description(List<ParameterSpec> more) {
    return Architecture.newBuilder()
        .setName(id)
        .setDescriptionEn(english)
        .setDescriptionKo(korean)
        .setSearchSpace(SearchSpace.newBuilder().addAllParameters(space()).addAllParameters(more))
        .build();
  }

  private List<ParameterSpec> space() {
    List<ParameterSpec> space = new ArrayList<>();
    if (this == TRANSFORMER) {
      space.add(SearchSpaces.integer("blocks", 1, 3, 1, 1, "Encoder blocks", "인코더 블록 수"));
      space.add(SearchSpaces.integer("width", 16, 64, 16, 32, "Values of a year's state", "상태 차원"));
      space.add(
          SearchSpaces.choice("heads", List.of("2", "1", "4"), "Attention heads", "어텐션 헤드 수"));
      space.add(
          SearchSpaces.choice(
              "pooling", List.of("last", "attention"), "How years become one state", "연도 요약 방식"));
    } else {
      space.add(SearchSpaces.integer("layers", 1, 3, 1, 1, "Recurrent layers", "순환층 수"));
      space.add(SearchSpaces.integer("units", 16, 96, 16, 32, "Units of a layer", "층별 유닛 수"));
      space.add(
          SearchSpaces.linear(
              "recurrent_dropout",
              0.0,
              0.4,
              0.0,
              "Share of units dropped from the recurrence",
              "순환 드롭아웃 비율"));
      space.add(
          SearchSpaces.choice("layer_norm", List.of("no", YES), "Layer normalisation", "층 정규화"));
    }
    space.add(
        SearchSpaces.integer(
            "embedding_width", 1, 8, 1, 3, "Width of a category's embedding", "범주 임베딩 차원"));
    space.add(
        SearchSpaces.linear("dropout_rate", 0.0, 0.5, 0.2, "Share of inputs dropped", "드롭아웃 비율"));
    space.add(
        SearchSpaces.logarithmic("learning_rate", 5e-4, 1e-2, 2e-3, "Step size of Adam", "학습률"));
    space.add(SearchSpaces.logarithmic("l2", 1e-6, 1e-2, 1e-4, "Penalty of weights", "가중치 감쇠"));
    space.add(SearchSpaces.integer("batch_size", 64, 256, 64, 128, "Sequences a batch", "배치 크기"));
    return space;
  }

  /** The network of a configuration on sequences like {@code training}, with {@code heads}. */
  public NetworkSpec network(Sequences training, Hyperparameters parameters, List<HeadSpec> heads) {
    return new NetworkSpec(
        training.features(),
        embeddings(training, parameters.integer("embedding_width")),
        encoder(parameters),
        true,
        parameters.number("dropout_rate"),
        HEAD_UNITS,
        heads,
        optimiser(parameters));
  }

  private Encoder encoder(Hyperparameters parameters) {
    return switch (this) {
      case LSTM -> recurrent(Cell.LSTM, Pooling.LAST, parameters);
      case GRU -> recurrent(Cell.GRU, Pooling.LAST, parameters);
      case ATTENTION_LSTM -> recurrent(Cell.LSTM, Pooling.ATTENTION, parameters);
      case GRU_ATTENTION -> recurrent(Cell.GRU, Pooling.ATTENTION, parameters);
      case TRANSFORMER -> {
        int width = parameters.integer("width");
        yield new Encoder.SelfAttention(
            parameters.integer("blocks"),
            width,
            Integer.parseInt(parameters.choice("heads")),
            FEED_FORWARD_FACTOR * width,
            parameters.choice("pooling").equals("attention") ? Pooling.ATTENTION : Pooling.LAST);
      }
    };
  }

  private static Encoder recurrent(Cell cell, Pooling pooling, Hyperparameters parameters) {
    return new Encoder.Recurrent(
        cell,
        Collections.nCopies(parameters.integer("layers"), parameters.integer("units")),
        parameters.choice("layer_norm").equals(YES),
        parameters.number("recurrent_dropout"),
        pooling);
  }

  private static Optimiser optimiser(Hyperparameters parameters) {
    return new Optimiser(
        parameters.number("learning_rate"), parameters.number("l2"), 0, 1, new Schedule.Constant());
  }

  private static List<Embedding> embeddings(Sequences training, int width) {
    int[] cardinalities = training.cardinalities();
    return IntStream.range(0, cardinalities.length)
        .mapToObj(c -> new Embedding(training.categoryNames().get(c), cardinalities[c], width))
        .toList();
  }
}

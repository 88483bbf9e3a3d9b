package io.ilteo.tuner.domain.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagsTest {
  @Test
  void tagsAreSortedAndEachStandsOnce() {
    assertThat(Tags.of(List.of("wave-26", "논문", "wave-26", "a.b_c")).names())
        .containsExactly("a.b_c", "wave-26", "논문");
  }

  @Test
  void blanksMarkupAndCrowdsAreRefused() {
    for (String bad : List.of("", " ", "two words", "<b>", "x".repeat(33))) {
      assertThatIllegalArgumentException().isThrownBy(() -> Tags.of(List.of(bad)));
    }
    assertThat(Tags.of(List.of("x".repeat(32))).names()).hasSize(1);
    List<String> crowd = IntStream.range(0, 17).mapToObj(i -> "t" + i).toList();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tags.of(crowd))
        .withMessageContaining("17");
  }
}

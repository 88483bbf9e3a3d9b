package io.ilteo.servicekit.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** API tokens in a mounted file: lines {@code id role name sha256-hex}, {@code #} for comments. */
final class TokenFile {
  private TokenFile() {}

  static List<ApiToken> read(Path file) {
    List<ApiToken> tokens = new ArrayList<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          tokens.add(parse(file, number, line.strip()));
        }
      }
    } catch (IOException failure) {
      throw new IllegalArgumentException("cannot read the tokens of " + file, failure);
    }
    return tokens;
  }

  private static ApiToken parse(Path file, int number, String line) {
    String[] words = line.split("\\s+", -1);
    try {
      if (words.length == 4 && words[0].matches("[0-9a-f]{12}") && words[3].length() == 64) {
        return new ApiToken(
            words[0],
            words[2],
            Role.valueOf(words[1].toUpperCase(Locale.ROOT)),
            HexFormat.of().parseHex(words[3]),
            Optional.empty(),
            Optional.empty());
      }
    } catch (IllegalArgumentException malformed) {
      // Told below; the line itself is not repeated, lest a secret stands there by mistake.
    }
    throw new IllegalArgumentException(
        "%s, line %d: not \"id role name sha256-hex\"".formatted(file, number));
  }
}

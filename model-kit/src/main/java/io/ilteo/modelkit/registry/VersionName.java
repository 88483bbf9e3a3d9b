package io.ilteo.modelkit.registry;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one owner of the names {@code models/{task}/versions/{n}} and {@code …/aliases/{alias}}. */
final class VersionName {
  private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private final String task;
  private final Pattern versions;
  private final Pattern aliases;

  VersionName(String task) {
    this.task = task;
    this.versions = Pattern.compile("models/" + Pattern.quote(task) + "/versions/([1-9]\\d{0,17})");
    this.aliases = Pattern.compile("models/" + Pattern.quote(task) + "/aliases/(.+)");
  }

  String of(long number) {
    return "models/" + task + "/versions/" + number;
  }

  long number(String name) {
    Matcher matcher = versions.matcher(name);
    if (!matcher.matches()) {
      throw new InvalidArgument(
          "\"%s\" is not a model version; a name like %s".formatted(name, of(1)));
    }
    return Long.parseLong(matcher.group(1));
  }

  boolean isAlias(String name) {
    return aliases.matcher(name).matches();
  }

  String alias(String name) {
    Matcher matcher = aliases.matcher(name);
    return requireAlias(matcher.matches() ? matcher.group(1) : name);
  }

  static String requireAlias(String alias) {
    if (!ALIAS.matcher(alias).matches()) {
      throw new InvalidArgument(
          "alias \"%s\"; lower case letters, digits and '-', starting with a letter, at most 63"
              .formatted(alias));
    }
    return alias;
  }
}
